using System.Globalization;

namespace FlowCompile.Profiling;

/// <summary>
/// The file that keeps every outcome of a workflow: written as it arrives, under a key that says what was measured. A process may be
/// killed at any moment, and several may use one store at once. A damaged or foreign file is refused and left as it is.
/// </summary>
public sealed class ProfileStore : IDisposable
{
    private readonly StoreConnection _connection;

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
    }

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    internal OutcomeTable Outcomes { get; }

    internal ReferenceTable References { get; }

    internal CellTable Cells { get; }

    internal ClaimTable Claims { get; }

    internal VerdictTable Verdicts { get; }

    internal RouteTable Routes { get; }

    /// <summary>The path of a workflow's store where the user names none: <c>.flowcompile/&lt;workflow&gt;.profile.db</c> in the project's folder.</summary>
    /// <param name="projectFolder">The folder of <c>flowcompile.json</c>.</param>
    /// <param name="workflow">The workflow's name.</param>
    public static string DefaultPath(string projectFolder, string workflow) =>
        System.IO.Path.Combine(projectFolder, ".flowcompile", workflow + ".profile.db");

    /// <summary>Opens a store.</summary>
    /// <param name="path">The file.</param>
    /// <param name="create">Whether a file that is not there is created, with its folder (default: yes).</param>
    /// <exception cref="ProfileException">The file is missing, damaged, no profile store, or of a newer version.</exception>
    public static ProfileStore Open(string path, bool create = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = System.IO.Path.GetFullPath(path);
        StoreHeader.Check(path);
        if (create)
        {
            CreateFolder(path);
        }
        else if (!File.Exists(path))
        {
            throw new ProfileException($"{path}: there is no profile yet; run 'flowcompile profile' first.");
        }

        var connection = new StoreConnection(path);
        try
        {
            Prepare(path, connection);
            return new ProfileStore(path, connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Claims.Dispose();
        _connection.Dispose();
    }

    private static void Prepare(string path, StoreConnection connection)
    {
        // A cut file can have a good header; better said now than after an hour of measuring.
        if (connection.Query("PRAGMA quick_check(1)", row => row.GetString(0)) is not ["ok"])
        {
            throw StoreHeader.Damaged(path);
        }

        if (Version(connection) < StoreSchema.Version)
        {
            connection.Transact(() => Migrate(connection));
        }

        StoreHeader.CheckVersion(path, Version(connection));

        // In write-ahead mode readers do not wait for the writer. A killed process loses nothing that was committed; only a power cut
        // may lose the last moments, and never the store.
        connection.Query("PRAGMA journal_mode = WAL", row => row.GetString(0));
        connection.Execute("PRAGMA synchronous = NORMAL");
    }

    private static void Migrate(StoreConnection connection)
    {
        // Another process may have been faster: the version counts that is there once the lock is held.
        for (var version = (int)Version(connection); version < StoreSchema.Version; version++)
        {
            connection.Execute(StoreSchema.Migrations[version]);
            connection.Execute("INSERT INTO schema_history VALUES (?1, ?2)", version + 1, DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture));
        }

        connection.Execute(FormattableString.Invariant($"PRAGMA application_id = {StoreSchema.ApplicationId}"));
        connection.Execute(FormattableString.Invariant($"PRAGMA user_version = {StoreSchema.Version}"));
    }

    private static long Version(StoreConnection connection) => connection.Query("PRAGMA user_version", row => row.GetInt64(0))[0];

    private static void CreateFolder(string path)
    {
        var folder = System.IO.Path.GetDirectoryName(path)!;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProfileException($"{folder}: the folder of the profile store cannot be created ({e.Message})", e);
        }
    }
}
