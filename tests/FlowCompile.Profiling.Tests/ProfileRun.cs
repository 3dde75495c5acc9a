using FlowCompile.Profiling.TestHost;
using FlowCompile.Settings;

namespace FlowCompile.Profiling.Tests;

/// <summary>One profile of <see cref="DoublingWorkflow"/>, or of another workflow, as a test wants it.</summary>
internal sealed class ProfileRun
{
    private readonly List<FakeCall> _calls = [];

    public ProfileRun(string store) => Store = store;

    public string Store { get; }

    public WorkflowDescriptor Descriptor { get; init; } = DoublingWorkflow.Descriptor;

    public ProjectSettings Settings { get; init; } = Doubling.Settings();

    public Func<FakeCall, string> Answer { get; init; } = Skill.Answer;

    public string BigIdentity { get; init; } = "big-1";

    public ProfilerOptions Options { get; init; } = new() { Concurrency = 4 };

    /// <summary>What the model "judge" answers, where a test has one.</summary>
    public Func<FakeCall, string>? Judge { get; init; }

    /// <summary>How many tokens of a prompt the models say that they had cached.</summary>
    public Func<FakeCall, long>? Cached { get; init; }

    /// <summary>Whether the big model computes on this machine.</summary>
    public bool BigRunsHere { get; init; }

    /// <summary>On what it computes.</summary>
    public string? BigDevice { get; init; } = "test";

    public IProgress<ProfileProgress>? Progress { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The calls begun so far.</summary>
    public IReadOnlyList<FakeCall> Calls
    {
        get
        {
            lock (_calls)
            {
                return [.. _calls];
            }
        }
    }

    public ModelCatalog Models()
    {
        var models = new ModelCatalog()
            .Add("small", new FakeModel("small", Answer) { Seen = See, Cached = Cached })
            .Add("big", new FakeModel("big", Answer) { Seen = See, Cached = Cached, Identity = BigIdentity, RunsHere = BigRunsHere, Device = BigDevice });
        return Judge is null ? models : models.Add("judge", new FakeModel("judge", Judge) { Seen = See });
    }

    public Task<ProfileSummary> RunAsync(int cases = 6, CancellationToken cancellationToken = default) => RunAsync(Cases(Descriptor, cases), cancellationToken);

    public async Task<ProfileSummary> RunAsync(IReadOnlyList<WorkflowCase> cases, CancellationToken cancellationToken = default)
    {
        using var models = Models();
        using var store = ProfileStore.Open(Store);
        return await new Profiler(Descriptor, models, Settings, store, Options, Time).RunAsync(cases, Progress, cancellationToken);
    }

    public async Task<ProfileForecast> ForecastAsync(int cases)
    {
        using var models = Models();
        using var store = ProfileStore.Open(Store);
        return await new Profiler(Descriptor, models, Settings, store, Options, Time).ForecastAsync(Cases(Descriptor, cases));
    }

    public async Task<ProfileStatus> StatusAsync(IReadOnlyList<WorkflowCase> cases)
    {
        using var models = Models();
        using var store = ProfileStore.Open(Store);
        return await new Profiler(Descriptor, models, Settings, store, Options, Time).GetStatusAsync(cases);
    }

    public static IReadOnlyList<WorkflowCase> Cases(WorkflowDescriptor descriptor, int count)
    {
        using var folder = new TestFolder();
        return CaseFile.Read(folder.Write("cases.jsonl", Doubling.CaseLines(count)), descriptor);
    }

    private void See(FakeCall call)
    {
        lock (_calls)
        {
            _calls.Add(call);
        }
    }
}
