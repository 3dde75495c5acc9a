using FlowCompile.Plans;
using FlowCompile.Tests.Run.Golden.Agreeing;

namespace FlowCompile.Tests.Run;

public sealed class EarlyAgreementTests : IDisposable
{
    private static readonly WorkflowConfiguration s_all = VoteWorkflow.Plan.Default;
    private readonly HeldModel _model = new();

    public void Dispose() => _model.Dispose();

    [Fact]
    public async Task ListEnds_WhenEnoughAgree_AndTheRestIsCanceled()
    {
        var run = RunAsync();
        await _model.AskedAsync(4);
        _model.Answer("[draft]", 1, "seven");
        Assert.Equal(3, await _model.RunningAsync(3));

        _model.Answer("[draft]", 2, " seven ");

        await _model.AskedAsync(1);
        Assert.Equal("[choose] seven| seven ", _model.Prompts[^1]);
        Assert.Equal(1, await _model.RunningAsync(1));
        _model.Answer("[choose]", 0, "7");
        var result = await run;
        Assert.Equal("7", result.Output);
        Assert.Equal(3, result.Calls.Count);
        Assert.Empty(result.Failures);
        var agreement = Assert.Single(result.Agreements);
        Assert.Equal(("Choose", 2), (agreement.Node, agreement.Candidates));
        Assert.Equal(["Outline", "Careful", "Draft"], agreement.Stopped);
        Assert.DoesNotContain(_model.Prompts, prompt => prompt.StartsWith("[careful]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_HoldsAllThatAreThere_InTheirOrder()
    {
        // What is answered is there a moment later; whether before the answer that ends the list is the thread pool's to say.
        var prompt = "";
        for (var attempt = 0; attempt < 50 && prompt != "[choose] a|b|a"; attempt++)
        {
            using var model = new HeldModel();
            var run = RunAsync(model);
            await model.AskedAsync(4);
            model.Answer("[outline]", 0, "o");
            await model.AskedAsync(1);
            model.Answer("[careful]", 0, "a");
            model.Answer("[draft]", 2, "b");
            Assert.Equal(2, await model.RunningAsync(2));

            model.Answer("[draft]", 0, "a");

            await model.AskedAsync(1);
            prompt = model.Prompts[^1];
            Assert.True(prompt is "[choose] a|b|a" or "[choose] a|a", prompt);
            model.Answer("[choose]", 0, "a");
            Assert.Equal(["Draft"], Assert.Single((await run).Agreements).Stopped);
        }

        Assert.Equal("[choose] a|b|a", prompt);
    }

    [Fact]
    public async Task WithoutAgreement_AllAreAwaited()
    {
        var run = RunAsync();
        await _model.AskedAsync(4);
        _model.Answer("[draft]", 0, "a");
        _model.Answer("[draft]", 1, "b");
        _model.Answer("[draft]", 2, "c");
        _model.Answer("[outline]", 0, "o");
        await _model.AskedAsync(1);

        _model.Answer("[careful]", 0, "d");

        await _model.AskedAsync(1);
        Assert.Equal("[choose] a|b|c|d", _model.Prompts[^1]);
        _model.Answer("[choose]", 0, "a");
        Assert.Empty((await run).Agreements);
    }

    [Fact]
    public async Task ACallThatWasStopped_IsNoFailureOfItsModel()
    {
        using var log = new KeptLog();
        using var models = new ModelCatalog().Add("mini", _model.Client);
        var run = new VoteWorkflow { Models = models, Runtime = new WorkflowRuntime { FailuresToBreak = 1, Logger = log.Logger } }.RunAsync("x", s_all);
        await _model.AskedAsync(4);
        _model.Answer("[draft]", 0, "a");
        _model.Answer("[draft]", 1, "a");
        await _model.AskedAsync(1);
        _model.Answer("[choose]", 0, "a");

        await run;

        Assert.False(models.HasOpenCircuit);
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task Elapsed_IsUntilEveryCallHasEnded()
    {
        using var time = new ManualTime();
        var heedless = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var model = new FakeModel((prompt, token) =>
            prompt.StartsWith("[outline]", StringComparison.Ordinal) ? heedless.Task : _model.AnswerAsync(prompt, token));
        var workflow = new VoteWorkflow { Models = FakeModel.Catalog(model), Runtime = new WorkflowRuntime { TimeProvider = time } };
        var run = workflow.RunAsync("x", s_all, new RunOptions { Deadline = TimeSpan.FromSeconds(3) });
        await _model.AskedAsync(3);
        _model.Answer("[draft]", 0, "7");
        _model.Answer("[draft]", 1, "7");
        await _model.AskedAsync(1);
        time.Advance(TimeSpan.FromSeconds(2));
        _model.Answer("[choose]", 0, "7");
        Assert.True(SpinWait.SpinUntil(() => model.Running == 1, TimeSpan.FromSeconds(60)));
        Assert.False(run.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(4));
        heedless.SetResult("o");

        var result = await run;
        Assert.Equal((TimeSpan.FromSeconds(6), true), (result.Elapsed, result.IsLate));
    }

    [Fact]
    public async Task Cancellation_ReachesTheCallsOfTheList()
    {
        using var caller = new CancellationTokenSource();
        var run = RunAsync(caller.Token);
        await _model.AskedAsync(4);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(0, await _model.RunningAsync(0));
    }

    [Fact]
    public async Task ComparisonThatThrows_IsOneErrorThatSaysSo()
    {
        var run = RunAsync();
        await _model.AskedAsync(4);

        _model.Answer("[draft]", 0, "?");

        var error = await Assert.ThrowsAsync<WorkflowException>(() => run);
        Assert.Equal("Workflow 'vote': the candidates of 'Choose' cannot be compared: no answer", error.Message);
        Assert.Equal(0, await _model.RunningAsync(0));
    }

    [Fact]
    public async Task ComparisonThatThrows_LeavesTheFailuresBeforeItInTheError()
    {
        var asked = 0;
        var model = new FakeModel(_ => Interlocked.Increment(ref asked) == 1 ? throw new HttpRequestException("503") : "?");
        var workflow = new VoteWorkflow { Models = FakeModel.Catalog(model), Runtime = new WorkflowRuntime { RetryDelay = TimeSpan.Zero } };

        var error = await Assert.ThrowsAsync<WorkflowException>(() => workflow.RunAsync("x", s_all));

        Assert.Equal("Workflow 'vote': the candidates of 'Choose' cannot be compared: no answer", error.Message);
        Assert.Equal("503", Assert.Single(error.Failures).Exception.Message);
    }

    [Fact]
    public async Task ListThatEndsAfterAMove_CancelsWhatBeganBeforeIt()
    {
        using var models = new ModelCatalog().Add("a", _model.Client).Add("b", new FakeModel(_ => throw new HttpRequestException("down")));
        var run = new VoteWorkflow { Models = models, Runtime = new WorkflowRuntime { Retries = 0 } }
            .RunAsync("x", Preference.MostAccurate, new RunOptions { Plan = PlanOf("a", "b") });
        await _model.AskedAsync(4);
        _model.Answer("[outline]", 0, "o");
        await _model.AskedAsync(1);
        Assert.StartsWith("[careful]", _model.Prompts[^1], StringComparison.Ordinal);

        _model.Answer("[draft]", 0, "7");
        _model.Answer("[draft]", 1, "7");

        await _model.AskedAsync(1);
        Assert.Equal(1, await _model.RunningAsync(1));
        _model.Answer("[choose]", 0, "7");
        var result = await run;
        Assert.Equal("c01", result.Configuration.Id);
        Assert.Equal(["Careful", "Draft"], Assert.Single(result.Agreements).Stopped);
        Assert.Equal(4, result.Calls.Count);
    }

    [Fact]
    public async Task ListOfAConfigurationThatWasLeft_CancelsNothing()
    {
        using var models = new ModelCatalog().Add("a", _model.Client).Add("b", _model.Client, leaveOpen: true);
        var run = WorkflowRun.Start(
            VoteWorkflow.Graph, s_all, PlanOf("a", "b"), Preference.MostAccurate, models, new WorkflowRuntime { Retries = 0 }, options: null, CancellationToken.None);
        var never = new TaskCompletionSource<string>().Task;
        _ = run.Add(0, never);
        _ = run.Add(3, never);
        var drafts = run.Replicas<string>(2);
        (drafts[0], drafts[1], drafts[2]) = (Task.FromResult("7"), Task.FromResult("7"), never);
        var third = run.Begin(2, 2);
        var careful = run.Begin(1);
        var failure = await Assert.ThrowsAsync<WorkflowException>(async () => await careful.RetryAsync(new FormatException("no answer")));
        _ = run.Add(1, Task.FromException<string>(failure));
        Assert.Null(await run.CompleteAsync(never));
        Assert.Equal("c01", run.Next.Configuration.Id);
        _ = run.Next.Add(3, new TaskCompletionSource<string>().Task);

        Assert.Equal(["7", "7"], await AgreeAsync(run));
        Assert.False(third.CancellationToken.IsCancellationRequested);

        Assert.Equal(["7", "7"], await AgreeAsync(run.Next));
        Assert.True(third.CancellationToken.IsCancellationRequested);

        async Task<string[]> AgreeAsync(WorkflowRun one)
        {
            var candidates = new CandidateTasks<string>(4);
            candidates.Add(drafts);
            return await one.AgreeAsync(3, candidates, 2, VoteWorkflow.Same);
        }
    }

    [Fact]
    public async Task EnoughThatAgree_EndTheList_ThoughAnotherFailed()
    {
        var candidates = new CandidateTasks<string>(3);
        candidates.Add(Task.FromCanceled<string>(new CancellationToken(canceled: true)));
        candidates.Add(Task.FromResult("7"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await candidates.UntilAsync(2, VoteWorkflow.Same));

        candidates.Add(Task.FromResult(" 7"));

        Assert.Equal(["7", " 7"], (await candidates.UntilAsync(2, VoteWorkflow.Same)).Values);
    }

    [Fact]
    public async Task ManyRuns_EndWithAgreementOrAllCandidates_AndLeaveNothingBehind()
    {
        var early = 0;
        for (var round = 0; round < 500; round++)
        {
            var random = new Random(round);
            var lists = new List<string[]>();
            var model = new FakeModel(async (prompt, token) =>
            {
                int roll;
                lock (random)
                {
                    roll = random.Next(12);
                }

                for (var i = 0; i < roll; i++)
                {
                    await Task.Yield();
                }

                token.ThrowIfCancellationRequested();
                if (prompt.StartsWith("[choose]", StringComparison.Ordinal))
                {
                    lists.Add(prompt["[choose] ".Length..].Split('|'));
                }

                return $"{roll % 3}";
            });

            var result = await new VoteWorkflow { Models = FakeModel.Catalog(model) }.RunAsync("x", s_all);

            Assert.Equal(0, model.Running);
            var list = Assert.Single(lists);
            Assert.Equal(list.Length < 4, result.Agreements.Count == 1);
            Assert.True(list.Length == 4 || list.GroupBy(answer => answer).Any(group => group.Count() >= 2), string.Join('|', list));
            Assert.Empty(result.Failures);
            early += result.Agreements.Count;
        }

        Assert.InRange(early, 50, 500);
    }

    /// <summary>A plan of configurations that differ in the model of <c>Careful</c>, each more accurate than the one before.</summary>
    private static WorkflowPlan PlanOf(params string[] models) => new(
        "vote",
        VoteWorkflow.Graph.Hash,
        "independent",
        "parallel",
        [.. models.Select((model, i) => new WorkflowConfiguration(
            $"c{i + 1:00}",
            s_all.Structure,
            [new Setting("a", 0), new Setting(model, 0), new Setting("a", 0), new Setting("a", 0)],
            new Estimate { Accuracy = 0.5 + (0.1 * i), LatencySeconds = 1 + i }))],
        provenance: null);

    private Task<WorkflowResult<string>> RunAsync(CancellationToken cancellationToken = default) => RunAsync(_model, cancellationToken);

    private static Task<WorkflowResult<string>> RunAsync(HeldModel model, CancellationToken cancellationToken = default) =>
        new VoteWorkflow { Models = FakeModel.Catalog(model.Client) }.RunAsync("x", s_all, cancellationToken: cancellationToken);
}
