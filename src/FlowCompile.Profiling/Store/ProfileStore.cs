using System.Globalization;

namespace FlowCompile.Profiling;

/// <summary>
/// The file that keeps every outcome of a workflow: written as it arrives, under a key that says what was measured. A process may be
/// killed at any moment, and several may use one store at once. A damaged or foreign file is refused and left as it is.
/// </summary>
public sealed class ProfileStore : IDisposable
{
    private const int CacheKibibytes = 32 * 1024;
    private const int LogPages = 8 * 1024;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly Lock s_lock = new();
    private static readonly Dictionary<string, int> s_open = new(StringComparer.Ordinal);
    private readonly StoreConnection _connection;
    private int _isDisposed;

    private ProfileStore(string path, StoreConnection connection)
    {
        Path = path;
        _connection = connection;
        Outcomes = new OutcomeTable(connection);
        References = new ReferenceTable(connection);
        Cells = new CellTable(connection);
        Claims = new ClaimTable(connection);
        Verdicts = new VerdictTable(connection);
        Routes = new RouteTable(connection);
        Runs = new RunTable(connection);
    }

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>
    /// How many damaged rows, and rows that are nothing without them, were set aside when the store was opened: they are kept in its table <c>set_aside</c>, and what they
    /// were is measured again.
    /// </summary>
    public int SetAside { get; private init; }

    internal OutcomeTable Outcomes { get; }

    internal ReferenceTable References { get; }

    internal CellTable Cells { get; }

    internal ClaimTable Claims { get; }

    internal VerdictTable Verdicts { get; }

    internal RouteTable Routes { get; }

    internal RunTable Runs { get; }

    /// <summary>Runs statements of the tables that belong together, in one transaction with those of others (<see cref="StoreConnection.TransactAsync"/>).</summary>
    /// <typeparam name="T">What they give.</typeparam>
    /// <param name="statements">The statements; they may be run again where others fail.</param>
    /// <returns>What they gave, once it is in the store.</returns>
    internal Task<T> TransactAsync<T>(Func<T> statements) => _connection.TransactAsync(statements);

    /// <summary>The same of statements that give nothing.</summary>
    /// <param name="statements">The statements; they may be run again where others fail.</param>
    internal Task TransactAsync(Action statements) => _connection.TransactAsync(() =>
    {
        statements();
        return true;
    });

    /// <summary>The path of a workflow's store where the user names none: <c>.flowcompile/&lt;workflow&gt;.profile.db</c> in the project's folder.</summary>
    /// <param name="projectFolder">The folder of <c>flowcompile.json</c>.</param>
    /// <param name="workflow">The workflow's name.</param>
    public static string DefaultPath(string projectFolder, string workflow) =>
        System.IO.Path.Combine(projectFolder, ".flowcompile", workflow + ".profile.db");

    /// <summary>Opens a store.</summary>
    /// <param name="path">The file. Where it is a symbolic link, the file that it leads to.</param>
    /// <param name="create">Whether a file that is not there is created, with its folder (default: yes). What a link leads to is not.</param>
    /// <param name="setDamagedAside">
    /// Whether rows that are damaged are set aside (<see cref="SetAside"/>), so that they are measured again (default: the store is refused, and left as it is).
    /// </param>
    /// <exception cref="ProfileException">The file is missing, damaged, locked, no profile store, or of a newer version.</exception>
    public static ProfileStore Open(string path, bool create = true, bool setDamagedAside = false) => Open(path, create, setDamagedAside, s_patience);

    /// <summary>Opens a store.</summary>
    /// <param name="path">The file.</param>
    /// <param name="create">Whether a file that is not there is created.</param>
    /// <param name="setDamagedAside">Whether rows that are damaged are set aside.</param>
    /// <param name="patience">How long a statement waits for another process that keeps the file locked.</param>
    internal static ProfileStore Open(string path, bool create, bool setDamagedAside, TimeSpan patience)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Target(System.IO.Path.GetFullPath(path));

        lock (s_lock)
        {
            // Closing any handle of a file gives up the locks that SQLite keeps on it for this process, so nobody else may be opening it meanwhile.
            var count = s_open.GetValueOrDefault(path);
            if (count == 0)
            {
                StoreHeader.Check(path);
            }

            s_open[path] = count + 1;
        }

        StoreConnection? connection = null;
        try
        {
            if (create)
            {
                CreateFolder(path);
            }
            else if (!File.Exists(path))
            {
                throw new ProfileException($"{path}: there is no profile yet; run 'flowcompile profile' first.");
            }

            connection = new StoreConnection(path, patience);
            return new ProfileStore(path, connection) { SetAside = Prepare(path, connection, setDamagedAside) };
        }
        catch
        {
            connection?.Dispose();
            Forget(path);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
        {
            return;
        }

        Claims.Dispose();
        _connection.Dispose();
        Forget(Path);
    }

    private static void Forget(string path)
    {
        lock (s_lock)
        {
            if (--s_open[path] == 0)
            {
                s_open.Remove(path);
            }
        }
    }

    private static int Prepare(string path, StoreConnection connection, bool setDamagedAside)
    {
        // A cut file can have a good header; better said now than after an hour of measuring.
        if (connection.Query("PRAGMA integrity_check(1)", row => row.Text(0)) is not ["ok"])
        {
            throw StoreHeader.Damaged(path);
        }

        var setAside = 0;
        if (Version(connection) < StoreSchema.Version)
        {
            connection.Transact(() =>
            {
                Migrate(connection);
                setAside = Check(path, connection, setDamagedAside);
            });
        }
        else
        {
            StoreHeader.CheckVersion(path, Version(connection));
            setAside = Check(path, connection, setDamagedAside);
        }

        // In write-ahead mode readers do not wait for the writer. A killed process loses nothing that was committed; only a power cut
        // may lose the last moments, and never the store.
        connection.Query("PRAGMA journal_mode = WAL", row => row.Text(0));
        connection.Execute("PRAGMA synchronous = NORMAL");

        // Keys are hashes, so rows come anywhere: fewer pages are read and written again where more of them are kept, in memory and in the log.
        connection.Execute(FormattableString.Invariant($"PRAGMA cache_size = -{CacheKibibytes}"));
        connection.Query(FormattableString.Invariant($"PRAGMA wal_autocheckpoint = {LogPages}"), row => row.Int(0));
        return setAside;
    }

    private static int Check(string path, StoreConnection connection, bool setDamagedAside)
    {
        var damaged = DamagedRows.Find(connection);
        if (damaged.Count > 0 && !setDamagedAside)
        {
            throw damaged.Refused(path);
        }

        var moved = 0;
        if (damaged.Count > 0)
        {
            connection.Transact(() => moved = damaged.SetAside());
        }

        return moved;
    }

    private static void Migrate(StoreConnection connection)
    {
        // Another process may have been faster: the version counts that is there once the lock is held.
        var before = (int)Version(connection);
        for (var version = before; version < StoreSchema.Version; version++)
        {
            connection.Execute(StoreSchema.Migrations[version]);
            connection.Execute("INSERT INTO schema_history VALUES (?1, ?2)", version + 1, DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture));
        }

        foreach (var table in StoreTables.All)
        {
            if ((before < StoreSchema.FirstWithChecksums ? table.SealAll : table.SealAgain(before)) is { } seal)
            {
                connection.Execute(seal);
            }
        }

        connection.Execute(FormattableString.Invariant($"PRAGMA application_id = {StoreSchema.ApplicationId}"));
        connection.Execute(FormattableString.Invariant($"PRAGMA user_version = {StoreSchema.Version}"));
    }

    private static long Version(StoreConnection connection) => connection.Query("PRAGMA user_version", row => row.Long(0))[0];

    // Under each of its names a store is one file: SQLite keeps its own files beside it, and so must we mean it.
    private static string Target(string path)
    {
        try
        {
            if (File.ResolveLinkTarget(path, returnFinalTarget: true) is not { } target)
            {
                return path;
            }

            // Most likely something is not mounted: a new store would measure everything again.
            return target.Exists || Directory.Exists(target.FullName) ? target.FullName : throw new ProfileException(
                $"{path}: this link leads to {target.FullName}, which is not there; mount or restore it, make an empty file there for a new store, or name another with --store.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProfileException($"{path}: it cannot be found out what this leads to ({e.Message.TrimEnd('.')}); name the file itself with --store.", e);
        }
    }

    private static void CreateFolder(string path)
    {
        var folder = System.IO.Path.GetDirectoryName(path)!;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProfileException($"{folder}: the folder of the profile store cannot be created ({e.Message.TrimEnd('.')}); make it, or name another file with --store.", e);
        }
    }
}
