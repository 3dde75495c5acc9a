using System.IO.Compression;
using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Replay.Tests;

/// <summary>
/// Every table of recorded outcomes there is: those beside the tests, and the large ones in <c>../shared/data/recorded</c> beside the
/// repository, where that is there.
/// </summary>
public class EveryTableTests
{
    private static readonly string? s_shared = Shared();

    public static TheoryData<string> Tables => [.. Files().Select(file => Path.GetFileName(file)!)];

    // Published by the sources: a table, whose settings and whose queries, and the mean score.
    public static TheoryData<string, string, string, double> Means
    {
        get
        {
            (string Table, string Setting, string Query, double Mean)[] published =
            [
                ("misguided_attention.csv.gz", "claude-sonnet-4", "", 0.465),
                ("routellm_gsm8k_mmlu.csv.gz", "gpt-4-1106-preview", "", 0.810),
                ("routellm_gsm8k_mmlu.csv.gz", "mistralai/Mixtral-8x7B-Instruct-v0.1", "", 0.677),
                ("zeroeval_gsm_math_crux.csv.gz", "best", "gsm/", 0.967),
                ("zeroeval_gsm_math_crux.csv.gz", "best", "math-l5/", 0.888),
                ("zeroeval_gsm_math_crux.csv.gz", "best", "crux/", 0.959),
                ("llmrouter_dc.csv.gz", "best", "", 0.617),
            ];
            var there = new TheoryData<string, string, string, double>();
            foreach (var row in published.Where(row => Files().Any(file => Path.GetFileName(file) == row.Table)))
            {
                there.Add(row.Table, row.Setting, row.Query, row.Mean);
            }

            return there;
        }
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Table_IsReadRowForRow_AndAnswersAsAModel(string name)
    {
        var file = Files().Single(file => Path.GetFileName(file) == name);
        var calls = RecordedCalls.Read(file).ToList();
        Assert.Equal(Rows(file), calls.Count);
        Assert.All(calls, call => Assert.InRange(call.Score!.Value, 0, 1));

        // A setting of the table as a model; where it has levels, each stands for a budget.
        var setting = calls.GroupBy(call => call.Setting).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).First();
        var levels = setting.Select(call => call.Level).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        var efforts = string.Join(", ", levels.Select((level, i) => i < levels.Count - 1 ? FormattableString.Invariant($"{level}={i}") : level));
        using var client = new ReplayChatClient(file, new ReplayOptions { Model = setting.Key, Levels = levels.Count > 1 ? ReasoningLevel.ParseList(efforts) : null });
        foreach (var query in setting.GroupBy(call => (call.Prompt, call.Level)).Take(25))
        {
            var chat = new ChatOptions { Seed = 0 };
            chat.SetReasoningBudget(levels.Count > 1 ? levels.IndexOf(query.Key.Level!) : 0);
            var response = await client.GetResponseAsync([new ChatMessage(ChatRole.User, query.Key.Prompt)], chat);
            Assert.Contains(response.Text, query.Select(call => call.Answer));
        }
    }

    [Theory]
    [MemberData(nameof(Means))]
    public void Scores_AverageToWhatTheSourcePublished(string table, string setting, string query, double mean)
    {
        var calls = RecordedCalls.Read(Files().Single(file => Path.GetFileName(file) == table)).Where(call => call.Prompt.StartsWith(query, StringComparison.Ordinal));
        var means = calls.GroupBy(call => call.Setting).ToDictionary(group => group.Key, group => group.GroupBy(call => call.Prompt).Average(one => one.Average(call => call.Score!.Value)));
        Assert.Equal(mean, setting == "best" ? means.Values.Max() : means[setting], 3);
    }

    private static List<string> Files()
    {
        var beside = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "data"), "*.csv.gz");
        var shared = s_shared is null ? [] : Directory.EnumerateFiles(s_shared, "*.csv.gz");
        return [.. beside.Concat(shared).DistinctBy(Path.GetFileName).Order(StringComparer.Ordinal)];
    }

    // No field of these tables has a line break in it.
    private static int Rows(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        var rows = -1;
        while (reader.ReadLine() is not null)
        {
            rows++;
        }

        return rows;
    }

    private static string? Shared()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "FlowCompile.sln")))
            {
                var shared = Path.Combine(folder.FullName, "..", "shared", "data", "recorded");
                return Directory.Exists(shared) ? shared : null;
            }
        }

        return null;
    }
}
