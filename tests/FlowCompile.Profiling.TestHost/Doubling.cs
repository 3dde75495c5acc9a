using FlowCompile.Settings;

namespace FlowCompile.Profiling.TestHost;

/// <summary>What <see cref="DoublingWorkflow"/> is profiled with.</summary>
public static class Doubling
{
    /// <summary>Two models of different skill, which decode in batches where that is asked for.</summary>
    /// <param name="delay">How long every call takes.</param>
    /// <param name="seen">Told of every call.</param>
    /// <param name="held">What every call waits for before it is answered.</param>
    public static ModelCatalog Models(TimeSpan delay = default, Action<FakeCall>? seen = null, Func<Task>? held = null) => new ModelCatalog()
        .Add("small", new BatchingModel(new FakeModel("small", Skill.Answer) { Delay = delay, Seen = seen, Held = held }))
        .Add("big", new BatchingModel(new FakeModel("big", Skill.Answer) { Delay = delay, Seen = seen, Held = held }));

    /// <summary>The settings: both models, budgets 0 and 32.</summary>
    /// <param name="seed">The seed.</param>
    public static ProjectSettings Settings(int seed = 1) => new()
    {
        File = "flowcompile.json",
        Models =
        [
            new ModelSettings { Name = "small", Provider = "fake", Source = "small", Price = new ModelPrice(1, 2) },
            new ModelSettings { Name = "big", Provider = "fake", Source = "big", Price = new ModelPrice(10, 20) },
        ],
        Budgets = [0, 32],
        Workflows =
        [
            new WorkflowSettings
            {
                Name = "doubling",
                Cases = "cases.jsonl",
                Reference = new Setting("big", 32),
                WeakReference = new Setting("small", 0),
                Seed = seed,
            },
        ],
    };

    /// <summary>Lines of a case file.</summary>
    /// <param name="count">How many.</param>
    public static IEnumerable<string> CaseLines(int count) => Enumerable.Range(1, count)
        .Select(i => FormattableString.Invariant($$"""{"id": "n{{i}}", "problem": "{{i}}", "answer": {{2 * i}}}"""));
}
