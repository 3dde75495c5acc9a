using System.Text;
using System.Text.Json.Nodes;
using FlowCompile.Profiling;
using FlowCompile.Profiling.TestHost;
using FlowCompile.Settings;
using Microsoft.Extensions.AI;

namespace FlowCompile.Models.OpenAI.Tests.OtherServer;

/// <summary>The client and a whole profile against an OpenAI-compatible server process that is not our own code.</summary>
public sealed class OtherServerTests
{
    [OtherServerFact]
    public async Task Answer_ComesInPieces_WithThinkingAndUsage()
    {
        using var server = await OtherServerProcess.StartAsync(
            [Answer("6 times 7", "It is forty-two: 42. Yes.", thinking: "Six sevens make 42 I say.", usage: (9, 14))], "--chunk-size", "5", "--latency", "2");
        using var client = Client(server);
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "What is 6 times 7?")]))
        {
            updates.Add(update);
        }

        // Five pieces each; the server does not tell how many of the tokens were thinking, so that half of them were.
        Assert.Equal(11, updates.Count);
        foreach (var response in new[] { updates.ToChatResponse(), await client.AskAsync("What is 6 times 7?") })
        {
            Assert.Equal("It is forty-two: 42. Yes.", response.Text);
            Assert.Equal("Six sevens make 42 I say.", string.Concat(response.Messages[0].Contents.OfType<TextReasoningContent>().Select(content => content.Text)));
            Assert.Equal((9, 14, 7), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.ReasoningTokenCount));
            Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
            var timings = response.GetTimings()!;
            Assert.Equal(14, timings.TokenTimes.Count);
            Assert.Equal(timings.TokenTimes.Order(), timings.TokenTimes);
            Assert.True(timings.TimeToFirstToken > TimeSpan.Zero && timings.Total >= timings.TokenTimes[^1]);
        }
    }

    [OtherServerFact]
    public async Task RateLimit_IsWaitedForAsTheServerAsks()
    {
        var busy = new JsonObject
        {
            ["match"] = new JsonObject { ["userMessage"] = "hello", ["sequenceIndex"] = 0 },
            ["response"] = new JsonObject { ["error"] = new JsonObject { ["message"] = "slow down", ["type"] = "rate_limit_error" }, ["status"] = 429 },
        };
        using var server = await OtherServerProcess.StartAsync([busy, Answer("hello", "hello yourself")]);
        var time = new HastyTime();
        using var client = Client(server, time);
        Assert.Equal("hello yourself", (await client.AskAsync()).Text);
        Assert.Equal([TimeSpan.FromSeconds(1)], time.Waits);
    }

    [OtherServerFact]
    public async Task WhatTheServerDoesNotKnow_IsRefusedWithItsWords()
    {
        using var server = await OtherServerProcess.StartAsync([Answer("hello", "hello yourself")]);
        using var client = Client(server);
        var error = await Assert.ThrowsAsync<ModelCallException>(() => client.AskAsync("something else"));
        Assert.Equal((ModelCallFailure.Refused, 404, 1), (error.Failure, error.StatusCode, error.Attempts));
        Assert.Contains("No fixture matched", error.Message, StringComparison.Ordinal);
    }

    [OtherServerFact]
    public async Task ServerThatFailsByChance_GivesRightAnswersOrTypedFailures()
    {
        using var server = await OtherServerProcess.StartAsync(
            [Answer("hello", "hello yourself")], "--chaos-drop", "0.06", "--chaos-malformed", "0.05", "--chaos-disconnect", "0.05", "--chaos-ratelimit", "0.04");
        using var client = Client(server, new HastyTime());
        var (right, failed) = (0, 0);
        await Parallel.ForEachAsync(Enumerable.Range(0, 300), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, token) =>
        {
            try
            {
                Assert.Equal("hello yourself", (await client.AskAsync(cancellationToken: token)).Text);
                Interlocked.Increment(ref right);
            }
            catch (ModelCallException e)
            {
                Assert.Equal(5, e.Attempts);
                Interlocked.Increment(ref failed);
            }
        });

        // Five tries fail one after the other in 3 of 10,000 calls.
        Assert.Equal(300, right + failed);
        Assert.InRange(failed, 0, 10);
    }

    [OtherServerFact]
    public async Task Profile_OfAWholeWorkflow()
    {
        const int cases = 6;
        var answers = new JsonArray();
        foreach (var n in Enumerable.Range(1, cases))
        {
            // The small model drafts only even numbers well, and guesses badly; all else is right.
            answers.Add(Answer($"[draft] {n}", n % 2 == 0 ? $"{2 * n}" : $"{n}x", model: "tiny"));
            answers.Add(Answer($"[guess] {n}", $"{n}y", model: "tiny"));
            answers.Add(Answer($"] {n}", $"{2 * n}"));
        }

        using var server = await OtherServerProcess.StartAsync(answers);
        using var folder = new TemporaryFolder();
        var settings = ProjectSettings.Parse(folder.File("flowcompile.json"), Encoding.UTF8.GetBytes($$"""
            {
              "models": {
                "small": { "openai": "{{server.Endpoint}}", "model": "tiny" },
                "big": { "openai": "{{server.Endpoint}}", "model": "huge", "reasoning": "effort", "efforts": "low=0, high" }
              },
              "budgets": [0, 64],
              "workflows": { "doubling": { "cases": "cases.jsonl" } }
            }
            """));
        await File.WriteAllLinesAsync(folder.File("cases.jsonl"), Doubling.CaseLines(cases));
        using var models = new ModelProviders().Add(OpenAIModels.Provider, new OpenAIModels().Open).Open(settings);
        using var store = ProfileStore.Open(folder.File("profile.db"));
        var summary = await new Profiler(DoublingWorkflow.Descriptor, models, settings, store)
            .RunAsync(CaseFile.Read(settings.Workflows[0].Cases, DoublingWorkflow.Descriptor));

        Assert.True(summary.IsComplete);
        Assert.Equal(0, summary.Failures);
        Assert.All(summary.Rows, row => Assert.Equal(
            (row.Node, row.Setting.Model) switch { ("Draft", "small") => 0.5, ("Guess", "small") => 0, _ => 1 }, row.Accuracy.Value));
        Assert.All(summary.Outcomes, one => Assert.True(one.Outcome is { InputTokens: > 0, OutputTokens: > 0, Latency.Ticks: > 0, TimeToFirstToken.Ticks: > 0 }));
    }

    private static JsonObject Answer(string prompt, string text, string? thinking = null, (int Input, int Output)? usage = null, string? model = null)
    {
        var match = new JsonObject { ["userMessage"] = prompt };
        var response = new JsonObject { ["content"] = text };
        if (model is not null)
        {
            match["model"] = model;
        }

        if (thinking is not null)
        {
            response["reasoning"] = thinking;
        }

        if (usage is { } tokens)
        {
            response["usage"] = new JsonObject { ["prompt_tokens"] = tokens.Input, ["completion_tokens"] = tokens.Output, ["total_tokens"] = tokens.Input + tokens.Output };
        }

        return new JsonObject { ["match"] = match, ["response"] = response };
    }

    private static OpenAIChatClient Client(OtherServerProcess server, TimeProvider? time = null) => new(
        new OpenAIModelOptions { Endpoint = server.Endpoint, ModelId = "m", Retries = 4, RetryDelay = TimeSpan.FromMilliseconds(1), Timeout = TimeSpan.FromHours(2) }, null, time);
}
