using FlowCompile.Profiling.TestHost;
using FlowCompile.Profiling.Tests.Cells;

namespace FlowCompile.Profiling.Tests.Outlook;

public sealed class StatusTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Complete_profile_is_up_to_date()
    {
        var run = Run();
        var summary = await run.RunAsync(4);
        var calls = run.Calls.Count;
        var status = await run.StatusAsync(Cases(4));

        Assert.True(status.IsUpToDate);
        Assert.Empty(status.Changes);
        Assert.Equal(summary.Planned, status.Nodes.Sum(node => node.Measured));
        Assert.Equal(["Draft", "Refine", "Guess", "Choose"], status.Nodes.Select(node => node.Node));
        Assert.Equal(calls, run.Calls.Count);
    }

    [Fact]
    public async Task Workflow_that_was_never_profiled_says_so()
    {
        var status = await Run().StatusAsync(Cases(4));
        Assert.Equal(ChangeKind.NotProfiled, Assert.Single(status.Changes).Kind);
        Assert.Equal(8, status.MissingReferenceRuns);
        Assert.Equal(16, status.Nodes[0].Missing);
    }

    [Fact]
    public async Task Failures_are_counted()
    {
        await new ProfileRun(_folder.File("store.db")) { Answer = call => call is { Model: "small", Budget: 32, Prompt: "[draft] 3" } ? throw new IOException("gone") : Skill.Answer(call) }.RunAsync(4);
        var kept = await Run().StatusAsync(Cases(4));
        var retried = await new ProfileRun(_folder.File("store.db")) { Options = new ProfilerOptions { RetryFailures = true } }.StatusAsync(Cases(4));

        Assert.Equal(1, kept.Nodes[0].Failed);
        Assert.True(kept.IsUpToDate);
        Assert.Equal(1, retried.Nodes[0].Missing);
    }

    [Fact]
    public async Task Edited_code_is_named_and_makes_its_sub_agent_stale()
    {
        await Run().RunAsync(4);
        var status = await new ProfileRun(_folder.File("store.db")) { Descriptor = EditedWorkflow.Descriptor }.StatusAsync(Cases(4));
        var change = Assert.Single(status.Changes);

        Assert.Equal((ChangeKind.Code, "Draft"), (change.Kind, change.Subject));
        Assert.Equal(16, status.Nodes[0].Missing);
        Assert.False(status.IsUpToDate);
    }

    [Fact]
    public async Task How_calls_are_timed_is_named_and_makes_nothing_stale()
    {
        await Run().RunAsync(4);
        var status = await new ProfileRun(_folder.File("store.db")) { Options = new ProfilerOptions { Concurrency = 2 } }.StatusAsync(Cases(4));
        var change = Assert.Single(status.Changes);

        Assert.Equal((ChangeKind.Timing, "2 calls are measured at once, and were 4; latencies that are there are kept as they were measured."), (change.Kind, change.Text));
        Assert.True(status.IsUpToDate);
    }

    [Fact]
    public async Task Every_other_change_is_named()
    {
        await Run().RunAsync(4);
        var edited = Cases(5).ToList();
        edited[2] = CaseFile.Read(_folder.Write("edited.jsonl", """{"id": "n3", "problem": "3", "answer": 7}"""), DoublingWorkflow.Descriptor)[0];
        var settings = Doubling.Settings(seed: 2);
        var run = new ProfileRun(_folder.File("store.db"))
        {
            BigIdentity = "big-2",
            Descriptor = new ReflectedDescriptor(DoublingWorkflow.Graph, typeof(ThreeQuartersScored), typeof(NumberCase), ("problem", typeof(string))),
            Settings = settings with { Budgets = [0, 16], Workflows = [settings.Workflows[0] with { WeakReference = new Setting("small", 16) }] },
        };
        var changes = (await run.StatusAsync(edited)).Changes;

        Assert.Equal(
            [ChangeKind.Score, ChangeKind.Model, ChangeKind.Settings, ChangeKind.Cases, ChangeKind.Seed, ChangeKind.Reference],
            changes.Select(change => change.Kind).Distinct());
        Assert.Contains("The model 'big' is another one than before (fake:big-1, now fake:big-2); its settings are measured again.", changes.Select(change => change.Text));
        Assert.Contains("'Draft' has settings that are new: small@16, big@16.", changes.Select(change => change.Text));
        Assert.Contains("'Draft' has settings that are left out: small@32, big@32.", changes.Select(change => change.Text));
        Assert.Contains("The case 'n3' has changed; everything is measured again on it.", changes.Select(change => change.Text));
        Assert.Contains("The cases are others than before: 1 new, 0 left out.", changes.Select(change => change.Text));
        Assert.Contains("The seed has changed from 1 to 2; sampled sub-agents are measured again.", changes.Select(change => change.Text));
        Assert.Contains("The weak reference has changed from small@0 to small@16; its runs are made again.", changes.Select(change => change.Text));
        Assert.All(changes, change => Assert.DoesNotContain('\n', change.Text));
    }

    [Fact]
    public async Task Profile_that_was_stopped_is_not_up_to_date_and_nothing_has_changed()
    {
        await new ProfileRun(_folder.File("store.db")) { Options = new ProfilerOptions { MaxTokens = 3000, Concurrency = 4 } }.RunAsync(4);
        var status = await Run().StatusAsync(Cases(4));

        Assert.Empty(status.Changes);
        Assert.False(status.IsUpToDate);
        Assert.Contains(status.Nodes, node => node.Missing > 0);
    }

    private ProfileRun Run() => new(_folder.File("store.db"));

    private static IReadOnlyList<WorkflowCase> Cases(int count) => ProfileRun.Cases(DoublingWorkflow.Descriptor, count);
}
