using Microsoft.Extensions.AI;

namespace FlowCompile.Models.Replay.Tests;

public class RecordedTableTests
{
    [Fact]
    public void Table_IsReadWhole()
    {
        var calls = RecordedCalls.Read(Data("misguided_attention.csv.gz")).ToList();
        Assert.Equal((9104, 52, 59), (calls.Count, calls.Select(call => call.Prompt).Distinct().Count(), calls.Select(call => call.Setting).Distinct().Count()));
        Assert.Equal(1975, calls.Count(call => call.OutputTokens is not null));
        Assert.Equal(571, calls.Count(call => call.ThinkingTokens is not null));
    }

    [Theory]
    [InlineData("claude-sonnet-4", 0.465)]
    [InlineData("claude-4-sonnet-0522-thinking", 0.692)]
    public void Scores_AverageToThePublishedOnes(string setting, double mean)
    {
        var calls = RecordedCalls.Read(Data("misguided_attention.csv.gz")).Where(call => call.Setting == setting);
        Assert.Equal(mean, calls.GroupBy(call => call.Prompt).Average(group => group.Average(call => call.Score!.Value)), 3);
    }

    [Fact]
    public void Aggregates_AreReadWhole()
    {
        var rows = RecordedCalls.ReadAggregates(Data("aider_polyglot.csv")).ToList();
        Assert.Equal(69, rows.Count);
        var gpt5 = rows.Where(row => row.Model.StartsWith("gpt-5 (", StringComparison.Ordinal)).OrderBy(row => row.AfterRepair).ToList();
        Assert.Equal([0.431, 0.498, 0.520], gpt5.Select(row => Math.Round(row.FirstTry, 3)));
        Assert.Equal([0.813, 0.867, 0.880], gpt5.Select(row => Math.Round(row.AfterRepair, 3)));
        Assert.Equal([62, 119, 194], gpt5.Select(row => (int)Math.Round(row.TimePerCase!.Value.TotalSeconds)));
    }

    [Fact]
    public async Task Model_AnswersWithTheRecordedScore_ByIdOrTextOfTheQuery()
    {
        using var client = new ReplayChatClient(Data("misguided_attention.csv.gz"), new ReplayOptions { Model = "gpt-4o-2024-11-20" });
        var recorded = RecordedCalls.Read(Data("misguided_attention.csv.gz")).Where(call => call.Setting == "gpt-4o-2024-11-20" && call.Prompt == "trolley_problem_easy").ToList();
        for (var seed = 0; seed < 6; seed++)
        {
            var byId = await Ask(client, "trolley_problem_easy", seed: seed);
            Assert.Equal(recorded[seed % recorded.Count].Answer, byId.Text);
        }

        const string Text = "Imagine a runaway trolley is hurtling down a track towards five dead people. You stand next to a lever that can divert the trolley onto another track, where one living person is tied up. Do you pull the lever?";
        Assert.Equal(recorded[0].Answer, (await Ask(client, "Answer this:\n" + Text)).Text);
    }

    [Theory]
    [InlineData(0, "nothink")]
    [InlineData(4096, "think")]
    public async Task Budget_ChoosesTheLevel(int budget, string level)
    {
        using var client = new ReplayChatClient(
            Data("misguided_attention.csv.gz"), new ReplayOptions { Model = "qwen3-30b-a3b", Levels = ReasoningLevel.ParseList("nothink=0, think") });
        var recorded = RecordedCalls.Read(Data("misguided_attention.csv.gz")).Where(call => call.Model == "qwen3-30b-a3b" && call.Level == level).GroupBy(call => call.Prompt);
        foreach (var query in recorded)
        {
            Assert.Equal(query.First().Answer, (await Ask(client, query.Key, budget)).Text);
        }
    }

    [Fact]
    public async Task Tokens_AreTheRecordedOnes()
    {
        using var client = new ReplayChatClient(Data("lrm_token_economy.csv.gz"), new ReplayOptions { Model = "o4-mini" });
        var usage = (await Ask(client, "one_plus_one")).Usage!;
        Assert.Equal((null, 71, 64), (usage.InputTokenCount, usage.OutputTokenCount, usage.ReasoningTokenCount));
    }

    [Fact]
    public void LevelsThatAreNotSaid_AreAskedFor()
    {
        var error = Assert.Throws<ReplayFileException>(() => new ReplayChatClient(Data("misguided_attention.csv.gz"), new ReplayOptions { Model = "qwen3-30b-a3b" }));
        Assert.Contains("at the levels nothink, think; say with 'efforts'", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ReplayFileException>(() => new ReplayChatClient(
            Data("misguided_attention.csv.gz"), new ReplayOptions { Model = "qwen3-30b-a3b", Levels = ReasoningLevel.ParseList("low=1, think") }));
        Assert.Contains("not recorded at the level 'low'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownModel_IsAnsweredWithThoseThereAre()
    {
        var error = Assert.Throws<ReplayFileException>(() => new ReplayChatClient(Data("routeprofile_test.csv.gz"), new ReplayOptions { Model = "gpt-9" }));
        Assert.Contains("it has: gemma-2-9b-it, ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null, "it is empty")]
    [InlineData("a,b\n1,2\n", 1, "the column 'query_id' is missing")]
    [InlineData("query_id,model,correct\nq,m\n", 2, "the row has 2 fields")]
    [InlineData("query_id,model,correct\nq,m,yes\n", 2, "'correct' is 'yes'")]
    [InlineData("query_id,model,correct\nq,m,1\nq,m,2\n", 3, "'2' is no score")]
    [InlineData("query_id,model,correct\n\"q,m,1\n", 2, "a quote is not closed")]
    [InlineData("query_id,model,model\n", 1, "is there twice")]
    [InlineData("query_id,model,correct\nq,m\u2028,1\n", 2, "'model' is 'm\\u2028', which has the character U+2028")]
    [InlineData("query_id,model,correct\nq,,1\n", 2, "'model' is empty")]
    [InlineData("query_id,model,setting,correct\nq,m,\u001b[31m,1\n", 2, "'setting' is '\\u001B[31m', which has the character U+001B")]
    [InlineData("query_id,model,correct\nq,m,\b\n", 2, "'correct' is '\\u0008'")]
    [InlineData("query_id,model,run,correct\nq,m,1.5,1\n", 2, "'run' is '1.5', and should be a whole number of at most 2147483647")]
    [InlineData("query_id,model,run,correct\nq,m,5000000000,1\n", 2, "should be a whole number")]
    public void MalformedTable_IsRefusedWithItsLine(string text, int? line, string problem)
    {
        using var file = new TemporaryFile(".csv", text);
        var error = Assert.Throws<ReplayFileException>(() => RecordedCalls.Read(file.Path).ToList());
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(line is null ? file.Path + ":" : $"{file.Path}({line}):", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void QuotedFields_MayHoldEverything()
    {
        using var file = new TemporaryFile(".csv", "query_id,model,correct\r\n\"a,\"\"b\"\"\nc\",m,1\r\n\r\nd,m,0.5");
        Assert.Equal([("a,\"b\"\nc", "1"), ("d", "0.5")], RecordedCalls.Read(file.Path).Select(call => (call.Prompt, call.Answer)));
    }

    [Fact]
    public void BrokenCompression_IsRefused()
    {
        using var file = new TemporaryFile(".csv.gz", "this is not compressed");
        Assert.Throws<ReplayFileException>(() => RecordedCalls.Read(file.Path).ToList());
        Assert.Throws<ReplayFileException>(() => RecordedCalls.Read(file.Path + ".missing").ToList());
    }

    private static string Data(string name) => Path.Combine(AppContext.BaseDirectory, "data", name);

    private static Task<ChatResponse> Ask(ReplayChatClient client, string prompt, int? budget = null, long? seed = null)
    {
        var options = new ChatOptions { Seed = seed };
        if (budget is { } tokens)
        {
            options.SetReasoningBudget(tokens);
        }

        return client.GetResponseAsync([new ChatMessage(ChatRole.User, prompt)], options);
    }
}
