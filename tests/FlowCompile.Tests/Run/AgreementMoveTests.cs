using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Tests.Run.Golden.Agreeing;

namespace FlowCompile.Tests.Run;

/// <summary>Runs that move to another configuration after a candidate list ended early, or whose candidates fail as it does.</summary>
public sealed class AgreementMoveTests : IDisposable
{
    private static readonly WorkflowGraph s_graph = VoteWorkflow.Graph;
    private static readonly WorkflowRuntime s_noRetries = new() { Retries = 0 };
    private readonly HeldModel _held = new();

    public void Dispose() => _held.Dispose();

    [Fact]
    public async Task WhatEndedByAgreement_IsDoneForTheConfigurationThatTheRunMovesTo()
    {
        using var models = Models();
        var run = RunAsync(models, Plan("a a a*3 a", "a a a*3 down"));
        await _held.AskedAsync(4);

        _held.Answer("[draft]", 0, "7");
        _held.Answer("[draft]", 2, "7");

        await _held.AskedAsync(1);
        Assert.Equal("[choose] 7|7", _held.Prompts[^1]);
        Assert.Equal(1, await _held.RunningAsync(1));
        _held.Answer("[choose]", 0, "7");
        var result = await run;
        Assert.Equal(("7", "c01"), (result.Output, result.Configuration.Id));
        Assert.Equal(["Draft"], Assert.Single(result.Reroutes).Kept);
        Assert.Equal(["Outline", "Careful", "Draft"], Assert.Single(result.Agreements).Stopped);
        Assert.Equal(3, result.Calls.Count);
        Assert.Equal(5, _held.Prompts.Count);
    }

    [Fact]
    public async Task OtherSettingsOfWhatWasStopped_AreNotCalledEither()
    {
        using var models = Models();
        var run = RunAsync(models, Plan("b b a*3 a", "a a a*3 down"));
        await _held.AskedAsync(4);

        _held.Answer("[draft]", 0, "7");
        _held.Answer("[draft]", 2, "7");

        await _held.AskedAsync(1);
        Assert.Equal("[choose] 7|7", _held.Prompts[^1]);
        _held.Answer("[choose]", 0, "7");
        Assert.Equal("c01", (await run).Configuration.Id);
        Assert.Equal(5, _held.Prompts.Count);
    }

    [Fact]
    public async Task ConfigurationWithoutOneThatAgreed_CallsWhatWasStopped_AndKeepsWhatIsDone()
    {
        using var models = Models();
        var run = RunAsync(models, Plan("b b a*3 a", "a a a*3 down"));
        await _held.AskedAsync(4);
        _held.Answer("[outline]", 0, "o");
        await _held.AskedAsync(1);
        _held.Answer("[careful]", 0, "7");
        await _held.RunningAsync(3);

        _held.Answer("[draft]", 1, "7");

        // Careful is another's under c01: its outline, and the two drafts that were stopped.
        await _held.AskedAsync(3);
        Assert.Equal(["[draft] x", "[draft] x", "[outline] x"], _held.Prompts.Skip(5).Order(StringComparer.Ordinal));
        _held.Answer("[draft]", 3, "7");
        await _held.AskedAsync(1);
        Assert.Equal("[choose] 7|7", _held.Prompts[^1]);
        _held.Answer("[choose]", 0, "7");
        var result = await run;
        Assert.Equal(["Draft"], Assert.Single(result.Reroutes).Kept);
        Assert.Equal(2, result.Agreements.Count);
        Assert.Equal(0, _held.Client.Running);
    }

    [Fact]
    public async Task OtherMembers_AreCalledAnew()
    {
        using var models = Models();
        var run = RunAsync(models, Plan("b b b*2 a", "a a a*3 down"));
        await _held.AskedAsync(4);

        _held.Answer("[draft]", 0, "7");
        _held.Answer("[draft]", 1, "7");

        await _held.AskedAsync(3);
        Assert.Equal(["[draft] x", "[draft] x", "[outline] x"], _held.Prompts.Skip(4).Order(StringComparer.Ordinal));
        _held.Answer("[draft]", 3, "8");
        _held.Answer("[draft]", 4, "8");
        await _held.AskedAsync(1);
        Assert.Equal("[choose] 8|8", _held.Prompts[^1]);
        _held.Answer("[choose]", 0, "8");
        Assert.Empty(Assert.Single((await run).Reroutes).Kept);
    }

    [Theory]
    [InlineData("a b a*3 a", true, true)] // Careful was not there
    [InlineData("a b a*2 a", true, true)] // nor was the third draft
    [InlineData("a a a*3 b", true, false)]
    [InlineData("a a b*3 a", false, false)]
    [InlineData("a a a*1 a", false, false)]
    public void ListThatEnded_AndWhatRanWithIt_AreThereUnderOthersThatHaveItsCandidates(string other, bool hasEnded, bool isSame)
    {
        var from = Plan("a a a*3 a").Configurations[0];
        var lists = new EndedList?[4];
        lists[3] = new EndedList([(2, 0), (2, 1)], [(2, 0), (2, 1)]);

        // Careful and the third draft were stopped: of themselves they are not sound.
        var fit = new ConfigurationFit(s_graph, from, Plan(other).Configurations[0], node => node >= 2, lists, StopGroups.Of(s_graph));

        Assert.Equal((hasEnded, isSame), (fit.HasEndedList(3), fit.IsSame(3)));
        Assert.Equal(hasEnded, fit.HasEnded(0));
        Assert.Equal(hasEnded, fit.HasEnded(1));
    }

    [Fact]
    public async Task DeadlineMove_CountsTheListAsDone()
    {
        using var time = new ManualTime();
        using var models = Models();
        var plan = Plan("a a a*3 a", "a a a*3 b");
        plan = new WorkflowPlan("vote", plan.GraphHash, "independent", "parallel", plan.Configurations, provenance: null)
        {
            Cells = [Cell("Outline", "a", 4), Cell("Careful", "a", 4), Cell("Draft", "a", 5), Cell("Choose", "a", 1), Cell("Choose", "b", 3)],
        };
        var workflow = new VoteWorkflow { Models = models, Runtime = new WorkflowRuntime { TimeProvider = time, Retries = 0 } };
        var run = workflow.RunAsync("x", Preference.MostAccurate, new RunOptions { Plan = plan, Deadline = TimeSpan.FromSeconds(11.5) });
        await _held.AskedAsync(4);
        time.Advance(TimeSpan.FromSeconds(9));
        _held.Answer("[draft]", 0, "7");
        _held.Answer("[draft]", 1, "7");

        // Choose under b takes until 12 s, under a until 10 s, the stopped calls not counted.
        await _held.AskedAsync(1);
        time.Advance(TimeSpan.FromSeconds(1));
        _held.Answer("[choose]", 0, "7");

        var result = await run;
        Assert.Equal(("c01", false, 5), (result.Configuration.Id, result.IsLate, _held.Prompts.Count));
        Assert.Equal(["Draft"], Assert.Single(result.Reroutes).Kept);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CandidateThatFailsAsTheListEnds_IsInTheTrace_AndEndsNothing(bool isCanceledFirst)
    {
        using var log = new KeptLog();
        using var models = new ModelCatalog().Add("a", _held.Client).Add("b", _held.Client, leaveOpen: true)
            .Add("down", new FakeModel((_, _) => Task.FromException<string>(new HttpRequestException("gone"))));
        var plan = Plan("a b a*3 a", "a down a*3 a");
        var runtime = new WorkflowRuntime { Retries = 0, Logger = log.Logger };
        var run = WorkflowRun.Start(s_graph, plan.Configurations[0], plan, Preference.MostAccurate, models, runtime, options: null, CancellationToken.None);
        var careful = run.Begin(1);
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => careful.Agent.CompleteAsync("x", careful.CancellationToken));
        var failed = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = run.Add(0, Task.FromResult("o"));
        _ = run.Add(1, failed.Task);
        var drafts = run.Replicas<string>(2);
        (drafts[0], drafts[1], drafts[2]) = (Task.FromResult("7"), Task.FromResult("7"), Task.FromResult("8"));

        // The list compares its candidates while one fails; or it has ended, and the call that had failed before says so after.
        using var compares = new SemaphoreSlim(0);
        using var goesOn = new ManualResetEventSlim(isCanceledFirst);
        var waits = 1;
        var list = Task.Run(() => AgreeAsync(run, drafts, failed.Task, (one, other) =>
        {
            if (Interlocked.Exchange(ref waits, 0) == 1)
            {
                compares.Release();
                goesOn.Wait();
            }

            return one == other;
        }));
        Assert.True(await compares.WaitAsync(TimeSpan.FromSeconds(60)));
        if (isCanceledFirst)
        {
            await list;
        }

        try
        {
            await careful.RetryAsync(failure);
        }
        catch (Exception e) when (e is WorkflowException or OperationCanceledException)
        {
            failed.SetException(e);
        }

        goesOn.Set();
        Assert.Equal(["7", "7", "8"], await list);
        var result = await run.CompleteAsync(run.Add(3, Task.FromResult("7")));

        Assert.Equal("c02", result!.Configuration.Id);
        Assert.Equal("'Careful' under down@0: gone", Assert.Single(result.Failures).ToString());
        Assert.Equal("Warning: Workflow 'vote' under c02: 'Careful' under down@0: gone.", Assert.Single(log.Lines));
        Assert.False(models.Find("down")!.Health.IsSound);
    }

    [Fact]
    public async Task CandidateThatFailsBeforeTheListEnds_IsAFailureOfTheConfiguration()
    {
        using var models = Models();
        var run = RunAsync(models, Plan("a a a*2 a", "a down a*2 a"));
        await _held.AskedAsync(3);
        _held.Answer("[outline]", 0, "o");

        await _held.AskedAsync(1); // Careful, under c01
        _held.Answer("[draft]", 0, "7");
        _held.Answer("[draft]", 1, "7");
        await _held.AskedAsync(1);
        _held.Answer("[choose]", 0, "7");

        var result = await run;
        Assert.Equal(["Outline", "Draft"], Assert.Single(result.Reroutes).Kept);
        Assert.Single(result.Failures);
    }

    private static async Task<string[]> AgreeAsync(
        WorkflowRun run, Task<string>[] drafts, Task<string>? careful = null, Func<string, string, bool>? equality = null)
    {
        var candidates = new CandidateTasks<string>(4);
        candidates.Add(drafts);
        candidates.Add(careful);
        return await run.AgreeAsync(3, candidates, 2, equality ?? VoteWorkflow.Same);
    }

    private ModelCatalog Models() => new ModelCatalog().Add("a", _held.Client).Add("b", _held.Client, leaveOpen: true)
        .Add("down", new FakeModel((_, _) => Task.FromException<string>(new HttpRequestException("down"))));

    private static Task<WorkflowResult<string>> RunAsync(ModelCatalog models, WorkflowPlan plan) =>
        new VoteWorkflow { Models = models, Runtime = s_noRetries }.RunAsync("x", Preference.MostAccurate, new RunOptions { Plan = plan });

    private static PlanCell Cell(string node, string model, double seconds) => new(node, new Setting(model, 0), seconds);

    /// <summary>A plan of configurations as the models of outline, careful, drafts and choice, each more accurate than the one before.</summary>
    private static WorkflowPlan Plan(params string[] configurations) => new(
        "vote",
        s_graph.Hash,
        "independent",
        "parallel",
        [.. configurations.Select((text, i) =>
        {
            var parts = text.Split(' ');
            var drafts = parts[2].Split('*');
            return new WorkflowConfiguration(
                $"c{i + 1:00}",
                WorkflowStructure.Create(s_graph, [1, 1, drafts[1][0] - '0', 1]),
                [new Setting(parts[0], 0), new Setting(parts[1], 0), new Setting(drafts[0], 0), new Setting(parts[3], 0)],
                new Estimate { Accuracy = 0.5 + (0.1 * i), LatencySeconds = 1 + i });
        })],
        provenance: null);
}
