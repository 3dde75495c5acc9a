using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace FlowCompile.Profiling.Tests.Store;

/// <summary>Rows that are not as they were written: found, refused in one line, and set aside where that is asked for.</summary>
public sealed class DamagedRowsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public static TheoryData<string> Edits => new()
    {
        "UPDATE outcomes SET score = 'good' WHERE key = (SELECT min(key) FROM outcomes)",
        "UPDATE outcomes SET score = 1 - score WHERE key = (SELECT min(key) FROM outcomes)",
        "UPDATE outcomes SET thinking_tokens = -1 WHERE key = (SELECT min(key) FROM outcomes)",
        "UPDATE outcomes SET key = 'f' || substr(key, 2) WHERE key = (SELECT min(key) FROM outcomes WHERE key NOT LIKE 'f%')",
        "UPDATE outcomes SET output = '{' WHERE key = (SELECT max(key) FROM outcomes)",
        "UPDATE outcomes SET token_times = x'FFFF' WHERE key = (SELECT max(key) FROM outcomes)",
        "UPDATE outcomes SET checksum = checksum + 1 WHERE key = (SELECT max(key) FROM outcomes)",
        "UPDATE cells SET model = 'unknown' WHERE position = (SELECT min(position) FROM cells)",
        "UPDATE cells SET inputs_right = 1 - inputs_right WHERE position = (SELECT max(position) FROM cells)",
        "UPDATE cases SET json = 'no JSON' WHERE hash = (SELECT min(hash) FROM cases)",
        "UPDATE inputs SET json = '[\"another\"]' WHERE hash = (SELECT min(inputs) FROM reference_outputs)",
        "UPDATE inputs SET hash = 'a' WHERE hash = (SELECT min(inputs) FROM reference_outputs)",
        "UPDATE reference_outputs SET output = '\"another\"' WHERE run = (SELECT min(run) FROM reference_outputs) AND node = 'Check'",
        "UPDATE reference_outputs SET run = 'a' WHERE run = (SELECT min(run) FROM reference_outputs) AND node = 'Check'",
        "DELETE FROM reference_outputs WHERE run = (SELECT min(run) FROM reference_outputs) AND node = 'Check'",
        "UPDATE reference_runs SET variant = 'Weak' WHERE key = (SELECT min(key) FROM reference_runs WHERE variant = 'Strong')",
        "UPDATE profile SET json = '{}'",
        "UPDATE models SET identity = 'another' WHERE name = 'big'",
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Edits))]
    public async Task Damage_is_refused_and_on_request_set_aside_and_measured_again(string edit)
    {
        var run = Run();
        var before = await run.RunAsync();
        Edit(run.Store, edit);

        var bytes = await File.ReadAllBytesAsync(run.Store);
        var error = Assert.Throws<ProfileException>(() => ProfileStore.Open(run.Store));
        Assert.Matches("^" + Regex.Escape(run.Store) + ": [1-3] rows? (is|are) damaged or changed by hand, in ", error.Message);
        Assert.Contains("--set-damaged-aside", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(run.Store));

        using (var store = ProfileStore.Open(run.Store, setDamagedAside: true))
        {
            Assert.InRange(store.SetAside, 1, 20);
            Assert.Equal(store.SetAside, Number(run.Store, "SELECT COUNT(*) FROM set_aside"));
        }

        // At most the calls of two reference runs that share their inputs, or of one cell, are made again; and what comes of it is what was there.
        var again = Run();
        var after = await again.RunAsync();
        Assert.InRange(again.Calls.Count, 0, 12);
        Assert.True(after.IsComplete);
        Assert.Equal(ProfileSummary.HashOutcomes(before.Outcomes, withTimes: false), ProfileSummary.HashOutcomes(after.Outcomes, withTimes: false));
        Assert.Equal(0, OpenedWith(run.Store));
    }

    [Fact]
    public async Task Rows_that_took_each_others_values_are_found()
    {
        var run = Run();
        await run.RunAsync();
        var columns = string.Join(", ", StoreTables.Outcomes.Columns.Skip(1).Append("checksum"));
        Edit(run.Store, $"""
            CREATE TEMP TABLE pair AS SELECT * FROM outcomes ORDER BY key LIMIT 2;
            UPDATE outcomes SET ({columns}) = (SELECT {columns} FROM pair WHERE pair.key <> outcomes.key) WHERE key IN (SELECT key FROM pair)
            """);
        var error = Assert.Throws<ProfileException>(() => ProfileStore.Open(run.Store));
        Assert.Contains("2 rows are damaged or changed by hand, in outcomes (2); the first is key '", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_bit_that_is_flipped_in_a_row_is_found()
    {
        var run = Run();
        var expected = ProfileSummary.HashOutcomes((await run.RunAsync(2)).Outcomes);
        StoreDamage.Settle(run.Store);
        var original = await File.ReadAllBytesAsync(run.Store);
        var path = _folder.File("flipped.db");
        var random = new Random(20261130);
        var found = 0;
        for (var i = 0; i < 150; i++)
        {
            byte[] bytes = [.. original];
            bytes[random.Next(100, bytes.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(path, bytes);
            try
            {
                using var store = ProfileStore.Open(path, create: false);
                Assert.Equal(expected, ProfileSummary.HashOutcomes(ProfileSummary.Read(store, run.Settings).Outcomes));
            }
            catch (ProfileException e)
            {
                Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
                found++;
            }
        }

        Assert.InRange(found, 50, 150);
    }

    private ProfileRun Run() => new(_folder.File("store.db"));

    private static int OpenedWith(string path)
    {
        using var store = ProfileStore.Open(path);
        return store.SetAside;
    }

    private static void Edit(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.InRange(command.ExecuteNonQuery(), 1, 10);
    }

    private static int Number(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
