using System.Globalization;
using FlowCompile.Graph;
using FlowCompile.Models.OpenAI;
using FlowCompile.Plans;

namespace FlowCompile.Profiling.TestHost;

/// <summary>What a test kills: each says "ready" on its output just before it begins.</summary>
public static class KilledRuns
{
    /// <summary>Of how many sub-agents and budgets a probe asks each model: of all that the workflow has.</summary>
    public const int ProbedCalls = 8;

    /// <summary>Carries one out.</summary>
    /// <param name="args">Which, and what it needs.</param>
    public static async Task RunAsync(string[] args)
    {
        switch (args)
        {
            case ["capped", var store, var cases, var log, var tokens]:
                await CappedAsync(store, cases, log, long.Parse(tokens, CultureInfo.InvariantCulture));
                break;
            case ["probed", var store, var cases, var log]:
                await ProbedAsync(store, cases, log);
                break;
            case ["open", var store]:
                Console.WriteLine("ready");
                ProfileStore.Open(store).Dispose();
                break;
            case ["write", var plan]:
                Console.WriteLine("ready");
                for (var large = false; ; large = !large)
                {
                    PlanFile.Write(plan, Plan(large ? 400 : 300), DoublingWorkflow.Graph);
                }

            case ["served", var store, var cases, var endpoint]:
                await ServedAsync(store, cases, new Uri(endpoint));
                break;
            default:
                throw new ArgumentException($"Nothing is called '{string.Join(' ', args)}'.", nameof(args));
        }
    }

    /// <summary>A plan of many configurations, so that writing it takes a while.</summary>
    /// <param name="count">How many.</param>
    public static WorkflowPlan Plan(int count) => new(
        DoublingWorkflow.Graph.Name, DoublingWorkflow.Graph.Hash, "paired", "parallel",
        [
            .. Enumerable.Range(1, count).Select(i => new WorkflowConfiguration(
                FormattableString.Invariant($"c{i:000}"),
                WorkflowStructure.Create(DoublingWorkflow.Graph, [0, 0, 0, 1, 0]),
                [null, null, null, new Setting(i % 2 == 0 ? "small" : "big", i), null],
                new Estimate { Accuracy = 0.5, LatencySeconds = i })),
        ],
        provenance: null);

    /// <summary>The tokens that a call of the fake models takes.</summary>
    /// <param name="call">The call.</param>
    public static long TokensOf(FakeCall call) => call.Prompt.Length + (call.Budget / 2) + Skill.Answer(call).Length;

    private static async Task CappedAsync(string storePath, string casesPath, string log, long tokens)
    {
        using var calls = Open(log);
        using var models = Logged(calls);
        using var store = ProfileStore.Open(storePath);
        var options = new ProfilerOptions { Concurrency = 3, MaxTokens = tokens };
        Console.WriteLine("ready");
        var summary = await new Profiler(DoublingWorkflow.Descriptor, models, Doubling.Settings(), store, options).RunAsync(CaseFile.Read(casesPath, DoublingWorkflow.Descriptor));
        Console.WriteLine($"{summary.StoppedBy} {summary.IsComplete}");
    }

    private static async Task ProbedAsync(string storePath, string casesPath, string log)
    {
        using var calls = Open(log);
        using var models = Logged(calls);
        using var store = ProfileStore.Open(storePath);
        var cases = CaseFile.Read(casesPath, DoublingWorkflow.Descriptor);
        Console.WriteLine("ready");
        var forecast = await new Profiler(DoublingWorkflow.Descriptor, models, Doubling.Settings(), store, new ProfilerOptions { Concurrency = 3 }).ProbeAsync(cases, ProbedCalls);
        Console.WriteLine(forecast.UnknownCalls);
    }

    private static StreamWriter Open(string log) => new(new FileStream(log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };

    // A line for each call begun: its tokens and the call.
    private static ModelCatalog Logged(StreamWriter calls) => Doubling.Models(TimeSpan.FromMilliseconds(15), call =>
    {
        lock (calls)
        {
            calls.WriteLine(FormattableString.Invariant($"{TokensOf(call)}\t{call}"));
        }
    });

    private static async Task ServedAsync(string storePath, string casesPath, Uri endpoint)
    {
        var settings = Doubling.Settings();
        using var models = new ModelCatalog();
        foreach (var model in settings.Models)
        {
            models.Add(model.Name, new OpenAIChatClient(new OpenAIModelOptions { Endpoint = endpoint, ModelId = model.Name, RetryDelay = TimeSpan.FromMilliseconds(20) }));
        }

        using var store = ProfileStore.Open(storePath);
        Console.WriteLine("ready");
        var summary = await new Profiler(DoublingWorkflow.Descriptor, models, settings, store, new ProfilerOptions { Concurrency = 3 }).RunAsync(CaseFile.Read(casesPath, DoublingWorkflow.Descriptor));
        Console.WriteLine($"{summary.Failures} {summary.IsComplete} {ProfileSummary.HashOutcomes(summary.Outcomes, withTimes: false)}");
    }
}
