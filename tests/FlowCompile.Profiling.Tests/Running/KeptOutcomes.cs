using Microsoft.Data.Sqlite;

namespace FlowCompile.Profiling.Tests.Running;

/// <summary>What a killed process leaves in a store.</summary>
internal static class KeptOutcomes
{
    /// <summary>Every outcome that was there is there still, as it was. Outcomes are named by what was asked of the model.</summary>
    public static Dictionary<string, string> Check(string store, Dictionary<string, string> known)
    {
        if (!File.Exists(store))
        {
            Assert.Empty(known);
            return known;
        }

        ProfileStore.Open(store).Dispose();
        var now = Rows(
            store,
            "SELECT model || '@' || budget || ' #' || COALESCE(seed, '') || ' ' || prompt_hash || '\t' || measured_at || ' ' || latency_us || ' ' || output FROM outcomes")
            .ToDictionary(row => row.Split('\t')[0], row => row.Split('\t')[1]);
        Assert.All(known, outcome => Assert.Equal(outcome.Value, now[outcome.Key]));
        return now;
    }

    /// <summary>The calls of a log that measured a cell: the workflow's own runs have negative seeds.</summary>
    public static List<string> CellCalls(string log) => File.Exists(log) ? CellCalls(File.ReadAllLines(log)) : [];

    /// <summary>The same of its lines.</summary>
    public static List<string> CellCalls(IEnumerable<string> lines) =>
    [
        .. lines
            .Select(line => line.Split(' ', 3))
            .Where(call => !call[1].StartsWith("#-", StringComparison.Ordinal))
            .Select(call => $"{call[0]} {call[1]} {ContentHash.Of("prompts-1", "user", call[2])}"),
    ];

    public static List<string> Rows(string store, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={store};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
