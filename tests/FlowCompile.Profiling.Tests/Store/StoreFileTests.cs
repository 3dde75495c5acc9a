using System.Diagnostics;
using System.Net.Sockets;
using FlowCompile.Profiling.TestHost;
using Microsoft.Data.Sqlite;

namespace FlowCompile.Profiling.Tests.Store;

/// <summary>What a path may lead to besides a store, and what may keep one from being used: each refused in one line that says what to do.</summary>
public sealed class StoreFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("pipe", "a named pipe")]
    [InlineData("socket", "a socket")]
    [InlineData("folder", "a folder")]
    [InlineData("device", "a device")]
    public void What_is_no_file_is_refused_without_being_opened(string kind, string name)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var path = kind == "device" ? "/dev/null" : _folder.File("store.db");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        switch (kind)
        {
            case "pipe":
                using (var make = Process.Start("mkfifo", path))
                {
                    make.WaitForExit();
                }

                break;
            case "socket":
                socket.Bind(new UnixDomainSocketEndPoint(path));
                break;
            case "folder":
                Directory.CreateDirectory(path);
                break;
        }

        var link = _folder.File("link.db");
        File.CreateSymbolicLink(link, path);
        foreach (var opened in new[] { path, link })
        {
            var error = Assert.Throws<ProfileException>(() => ProfileStore.Open(opened));
            Assert.Contains($"{path}: a profile store is a file, and this is {name}; name another with --store.", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Link_that_leads_nowhere_is_refused_and_nothing_is_made(bool create)
    {
        var (link, target) = (_folder.File("link.db"), _folder.File("mount/store.db"));
        File.CreateSymbolicLink(link, target);
        var error = Assert.Throws<ProfileException>(() => ProfileStore.Open(link, create));
        Assert.StartsWith($"{link}: this link leads to {target}, which is not there; ", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("mount")));
    }

    [Fact]
    public void Links_in_a_circle_are_refused()
    {
        File.CreateSymbolicLink(_folder.File("a.db"), _folder.File("b.db"));
        File.CreateSymbolicLink(_folder.File("b.db"), _folder.File("a.db"));
        var error = Assert.Throws<ProfileException>(() => ProfileStore.Open(_folder.File("a.db")));
        Assert.Contains("name the file itself with --store", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Linked_store_is_the_file_that_it_leads_to()
    {
        Directory.CreateDirectory(_folder.File("data"));
        var (link, second, target) = (_folder.File("link.db"), _folder.File("second.db"), _folder.File("data/store.db"));
        await File.WriteAllTextAsync(target, "");
        File.CreateSymbolicLink(second, "data/store.db");
        File.CreateSymbolicLink(link, second);
        var first = await new ProfileRun(link).RunAsync(2);
        Assert.Equal([target], Directory.GetFiles(_folder.File("data")));
        Assert.NotNull(new FileInfo(link).LinkTarget);
        using var store = ProfileStore.Open(link);
        Assert.Equal(target, store.Path);
        var again = new ProfileRun(target);
        Assert.Equal(first.ProfileHash, (await again.RunAsync(2)).ProfileHash);
        Assert.Empty(again.Calls);
    }

    [Fact]
    public async Task Two_processes_that_know_a_store_by_two_names_measure_every_cell_exactly_once()
    {
        const int cases = 8;
        var alone = await new ProfileRun(_folder.File("alone.db")).RunAsync(cases);
        Directory.CreateDirectory(_folder.File("data"));
        var (link, target, lines) = (_folder.File("link.db"), _folder.File("data/store.db"), _folder.Write("cases.jsonl", Doubling.CaseLines(cases)));
        ProfileStore.Open(target).Dispose();
        File.CreateSymbolicLink(link, target);
        var calls = new[] { _folder.File("calls1"), _folder.File("calls2") };
        using var first = new HostProcess(target, lines, delay: 20, concurrency: 3, calls[0], until: calls[1]);
        using var second = new HostProcess(link, lines, delay: 20, concurrency: 3, calls[1], until: calls[0]);
        string[] hashes = [await first.ResultAsync(), await second.ResultAsync()];
        Assert.All(hashes, hash => Assert.Equal(ProfileSummary.HashOutcomes(alone.Outcomes, withTimes: false), hash));
        var all = calls.SelectMany(File.ReadLines).ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
    }

    [Fact]
    public async Task Store_that_was_opened_twice_here_keeps_what_is_written_after_another_process_has_closed_it()
    {
        var (target, link, lines) = (_folder.File("store.db"), _folder.File("link.db"), _folder.Write("cases.jsonl", Doubling.CaseLines(1)));
        using (var store = ProfileStore.Open(target))
        {
            File.CreateSymbolicLink(link, target);
            Assert.True(store.Claims.TryTake("first"));
            ProfileStore.Open(link).Dispose();
            using (var other = new HostProcess(target, lines, delay: 0, concurrency: 1, _folder.File("calls")))
            {
                await other.ResultAsync();
            }

            // Whoever closes a store last removes this file; what is written to it then is lost.
            Assert.True(File.Exists(target + "-wal"));
            Assert.True(store.Claims.TryTake("kept"));
            using var connection = new StoreConnection(target, TimeSpan.FromSeconds(1));
            Assert.Equal(["first", "kept"], connection.Query("SELECT key FROM claims ORDER BY key", row => row.Text(0)));
        }

        Assert.True((await new ProfileRun(target).RunAsync(1)).IsComplete);
    }

    [Fact]
    public void Store_that_another_process_keeps_locked_is_refused_with_what_to_do()
    {
        var path = _folder.File("store.db");
        ProfileStore.Open(path).Dispose();
        using var holder = Process.Start(new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [typeof(DoublingWorkflow).Assembly.Location, "lock", path])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("locked", holder.StandardOutput.ReadLine());
        var error = Assert.Throws<ProfileException>(() => ProfileStore.Open(path, create: true, setDamagedAside: false, TimeSpan.FromSeconds(1)));
        Assert.StartsWith($"{path}: the profile store is locked by another process", error.Message, StringComparison.Ordinal);
        holder.StandardInput.WriteLine();
        holder.WaitForExit();
        ProfileStore.Open(path).Dispose();
    }

    [Theory]
    [InlineData(8, "make the file and its folder writable")]
    [InlineData(14, "check that this user may read and write the file, its folder")]
    [InlineData(13, "the disk is full; what was measured so far is kept")]
    [InlineData(10, "what was measured so far is kept")]
    [InlineData(11, "damaged")]
    [InlineData(5, "locked by another process")]
    [InlineData(1, "restore it from a backup")]
    public void Every_trouble_has_its_advice_in_one_line(int code, string advice)
    {
        var error = StoreTrouble.Of("/some/store.db", new SqliteException("SQLite Error: it said\nso.", code));
        Assert.StartsWith("/some/store.db: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Store_that_may_not_grow_says_that_the_disk_is_full_and_keeps_what_it_has()
    {
        var path = _folder.File("store.db");
        using (var connection = new StoreConnection(path, TimeSpan.FromSeconds(1)))
        {
            connection.Execute("CREATE TABLE notes (text TEXT)");
            connection.Execute("INSERT INTO notes VALUES ('kept')");
            connection.Query("PRAGMA max_page_count = 3", row => row.Int(0));
            var error = Assert.Throws<ProfileException>(() => connection.Execute("INSERT INTO notes VALUES (hex(zeroblob(100000)))"));
            Assert.Contains("the disk is full", error.Message, StringComparison.Ordinal);
            Assert.Equal(["kept"], connection.Query("SELECT text FROM notes", row => row.Text(0)));
        }
    }

    [Fact]
    public void File_that_may_only_be_read_is_refused_with_what_to_do()
    {
        // The superuser may write everything.
        var path = _folder.File("store.db");
        ProfileStore.Open(path).Dispose();
        File.SetAttributes(path, FileAttributes.ReadOnly);
        try
        {
            using var probe = File.OpenWrite(path);
        }
        catch (UnauthorizedAccessException)
        {
            var error = Assert.Throws<ProfileException>(() => ProfileStore.Open(path));
            Assert.Contains("make the file and its folder writable for this user", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.SetAttributes(path, FileAttributes.Normal);
        }
    }
}
