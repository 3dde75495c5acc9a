using System.IO.Compression;
using FlowCompile.Profiling.TestHost;
using Microsoft.Data.Sqlite;

namespace FlowCompile.Profiling.Tests.Store;

public sealed class ProfileStoreTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void New_store_is_marked_as_ours_with_its_version()
    {
        var path = _folder.File("new/deeper/store.db");
        ProfileStore.Open(path).Dispose();

        Assert.Equal(StoreSchema.ApplicationId, Scalar(path, "PRAGMA application_id"));
        Assert.Equal(StoreSchema.Version, Scalar(path, "PRAGMA user_version"));
        Assert.Equal(StoreSchema.Version, Scalar(path, "SELECT COUNT(*) FROM schema_history"));
    }

    [Fact]
    public void Missing_store_is_not_created_where_that_is_not_wanted()
    {
        var path = _folder.File("none/store.db");
        var error = Assert.Throws<ProfileException>(() => ProfileStore.Open(path, create: false));

        Assert.Contains("there is no profile yet", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.GetDirectoryName(path)));
    }

    [Fact]
    public void Empty_file_becomes_a_store()
    {
        var path = _folder.Write("store.db");
        ProfileStore.Open(path).Dispose();
        Assert.Equal(StoreSchema.Version, Scalar(path, "PRAGMA user_version"));
    }

    [Theory]
    [InlineData("short", "damaged, or no profile store")]
    [InlineData("{\"a long file\": \"of something else\", \"with\": \"more than a hundred characters, which is what the header of a database takes\"}", "damaged, or no profile store")]
    [InlineData("SQLite format 3\0 and then nothing of a database: more than a hundred characters, which is what a header takes", "no profile store of FlowCompile")]
    public void File_that_is_no_database_is_refused_and_left_as_it_is(string content, string reason)
    {
        var path = _folder.File("store.db");
        File.WriteAllText(path, content);
        AssertRefused(path, reason);
    }

    [Fact]
    public void Database_of_somebody_else_is_refused_and_left_as_it_is()
    {
        var path = _folder.File("store.db");
        Scalar(path, "CREATE TABLE notes (text TEXT); SELECT 0");
        AssertRefused(path, "no profile store of FlowCompile");
    }

    [Fact]
    public void Newer_schema_is_refused_and_left_as_it_is()
    {
        var path = _folder.File("store.db");
        ProfileStore.Open(path).Dispose();
        Scalar(path, $"PRAGMA user_version = {StoreSchema.Version + 1}; SELECT 0");
        AssertRefused(path, "Update FlowCompile");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Store_of_an_older_version_becomes_one_of_today_and_keeps_its_outcomes(int version)
    {
        // As FlowCompile wrote it then: a profile of three cases; those of versions 5 and 6 with a judge and calls that failed.
        var path = await UnpackAsync(version);
        Assert.Equal(version, Scalar(path, "PRAGMA user_version"));
        var before = Counts();
        ProfileSummary summary;
        using (var store = ProfileStore.Open(path))
        {
            summary = ProfileSummary.Read(store, Doubling.Settings());
        }

        Assert.Equal(StoreSchema.Version, Scalar(path, "PRAGMA user_version"));
        Assert.Equal(StoreSchema.Version - version, Scalar(path, $"SELECT COUNT(*) FROM schema_history WHERE version > {version}"));
        Assert.Equal(before, Counts());
        Assert.True(summary.IsComplete);
        Assert.Equal(before[2], summary.Outcomes.Count);
        Assert.All(summary.Outcomes, one => Assert.Null(one.Outcome.EnergyJoules));
        Assert.All(summary.Outcomes, one => Assert.Equal(0, one.Outcome.CachedInputTokens));
        Assert.Equal(version >= 5, summary.Manifest.Judge is not null);
        Assert.Equal(version >= 5, summary.Failures > 0);
        Assert.All(StoreTables.All, table => Assert.Equal(0, Scalar(path, $"SELECT COUNT(*) FROM {table.Name} WHERE checksum IS NULL")));
        using (var store = ProfileStore.Open(path))
        {
            Assert.Equal(summary.ProfileHash, ProfileSummary.Read(store, Doubling.Settings()).ProfileHash);
        }

        // What it knows of calls, a forecast of today uses.
        if (version == 2)
        {
            var forecast = await new ProfileRun(path).ForecastAsync(3);
            Assert.Equal(0, forecast.UnknownCalls);
        }

        List<long> Counts() =>
        [
            Scalar(path, "SELECT COUNT(*) FROM outcomes"), Scalar(path, "SELECT SUM(output_tokens) FROM outcomes"), Scalar(path, "SELECT COUNT(*) FROM cells"),
            Scalar(path, "SELECT COUNT(*) FROM reference_outputs"), Scalar(path, "SELECT COUNT(*) FROM inputs"),
        ];
    }

    [Theory]
    [InlineData("UPDATE outcomes SET score = 'good' WHERE score IS NOT NULL")]
    [InlineData("UPDATE outcomes SET input_tokens = -4")]
    [InlineData("UPDATE outcomes SET score = 1.5 WHERE failed = 0")]
    [InlineData("UPDATE cells SET variant = 'Best'")]
    [InlineData("UPDATE cases SET json = '{'")]
    [InlineData("UPDATE inputs SET json = 'x'")]
    public async Task Older_store_that_was_edited_by_hand_is_refused_and_left_as_it_is(string edit)
    {
        var path = await UnpackAsync(5);
        Scalar(path, edit + "; SELECT 0");
        AssertRefused(path, "damaged or changed by hand");
        Assert.Equal(5, Scalar(path, "PRAGMA user_version"));
    }

    [Theory]
    [InlineData("UPDATE outcomes SET score = 1 - score WHERE score IS NOT NULL")]
    [InlineData("UPDATE verdicts SET input_tokens = input_tokens + 1")]
    [InlineData("UPDATE outcomes SET checksum = NULL")]
    public async Task Older_store_with_checksums_that_was_edited_by_hand_is_refused_and_left_as_it_is(string edit)
    {
        // Its rows get other checksums, for they have more columns; only those that had the right one.
        var path = await UnpackAsync(6);
        Scalar(path, edit + "; SELECT 0");
        AssertRefused(path, "damaged or changed by hand");
        Assert.Equal(6, Scalar(path, "PRAGMA user_version"));
    }

    [Fact]
    public async Task Every_older_version_becomes_one_of_today()
    {
        for (var version = 1; version < StoreSchema.Version; version++)
        {
            var path = _folder.File($"version{version}.db");
            Scalar(path, string.Concat(StoreSchema.Migrations.Take(version)) + $"PRAGMA application_id = {StoreSchema.ApplicationId}; PRAGMA user_version = {version}; SELECT 0");
            var summary = await new ProfileRun(path).RunAsync(2);
            Assert.True(summary.IsComplete);
            Assert.Equal(StoreSchema.Version, Scalar(path, "PRAGMA user_version"));
        }
    }

    [Fact]
    public void Truncated_store_is_refused_and_left_as_it_is()
    {
        var path = _folder.File("store.db");
        ProfileStore.Open(path).Dispose();
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        AssertRefused(path, "damaged");
    }

    [Fact]
    public void Overwritten_page_is_refused_and_left_as_it_is()
    {
        var path = _folder.File("store.db");
        ProfileStore.Open(path).Dispose();
        var bytes = File.ReadAllBytes(path);
        bytes.AsSpan(4096, 4096).Fill(0xA5);
        File.WriteAllBytes(path, bytes);
        AssertRefused(path, "damaged");
    }

    [Fact]
    public void Path_that_is_a_folder_is_refused_in_one_line()
    {
        Directory.CreateDirectory(_folder.File("store.db"));
        var error = Assert.Throws<ProfileException>(() => ProfileStore.Open(_folder.File("store.db")));
        Assert.DoesNotContain('\n', error.Message);
        Assert.Contains("store.db", error.Message, StringComparison.Ordinal);
    }

    private async Task<string> UnpackAsync(int version)
    {
        var path = _folder.File("store.db");
        await using var packed = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Store", "data", $"version{version}.db.gz"));
        await using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        await using var file = File.Create(path);
        await unpacked.CopyToAsync(file);
        return path;
    }

    private static void AssertRefused(string path, string reason)
    {
        var before = File.ReadAllBytes(path);
        var error = Assert.Throws<ProfileException>(() => ProfileStore.Open(path));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    private static long Scalar(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
