using FlowCompile.Plans;
using FlowCompile.Tests.Run.Golden.Planned;

namespace FlowCompile.Tests.Run;

public sealed class HedgingTests : IDisposable
{
    private static readonly TimeSpan s_after = TimeSpan.FromSeconds(2);
    private readonly ManualTime _time = new();
    private readonly List<TaskCompletionSource<string>> _calls = [];
    private readonly SemaphoreSlim _asked = new(0);
    private readonly FakeModel _model;
    private readonly ModelCatalog _models;

    public HedgingTests()
    {
        _model = new FakeModel((_, token) =>
        {
            var call = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_calls)
            {
                _calls.Add(call);
            }

            _asked.Release();
            return call.Task.WaitAsync(token);
        });
        _models = FakeModel.Catalog(_model);
    }

    public void Dispose()
    {
        _time.Dispose();
        _asked.Dispose();
        _models.Dispose();
    }

    [Fact]
    public async Task AnswerInTime_IsNotAskedForAgain()
    {
        var run = RunAsync(HedgePolicy.After(s_after));
        await AskedAsync();
        await _time.TimerSetAsync();
        _time.Advance(TimeSpan.FromSeconds(1.9));

        _calls[0].SetResult("7");

        var result = await run;
        Assert.Equal("7", result.Output);
        Assert.Empty(result.Hedges);
        Assert.Single(_model.Asked);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task FirstAnswerWins_AndTheOtherCallIsCanceled(int winner)
    {
        var run = await HedgedAsync();

        _calls[winner].SetResult("7");

        var result = await run;
        Assert.Equal("7", result.Output);
        Assert.Equal([new Hedge("DetailedSolver", 0, 0, new Setting("nano", 0), s_after, Won: winner == 1)], result.Hedges);
        Assert.Single(result.Calls);
        Assert.Empty(result.Failures);
        Assert.Equal(0, _model.Running);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task OneThatFails_WaitsForTheOther_AndIsInTheTrace(int failing)
    {
        var run = await HedgedAsync();
        _calls[failing].SetException(new HttpRequestException("down"));
        var health = _models.Find("nano")!.Health;
        for (var end = DateTime.UtcNow.AddMinutes(1); health.IsSound && DateTime.UtcNow < end;)
        {
            await Task.Yield();
        }

        Assert.False(run.IsCompleted);

        _calls[1 - failing].SetResult("7");

        var result = await run;
        Assert.Equal("7", result.Output);
        Assert.Equal("down", Assert.Single(result.Failures).Exception.Message);
        Assert.Equal(failing == 0, Assert.Single(result.Hedges).Won);
    }

    [Fact]
    public async Task BothFailing_IsTheFailureOfTheFirst_AndBothAreInTheTrace()
    {
        var run = await HedgedAsync();
        _calls[1].SetException(new HttpRequestException("second"));
        _calls[0].SetException(new HttpRequestException("first"));

        var error = await Assert.ThrowsAsync<WorkflowException>(() => run);
        Assert.Equal("Workflow 'math': 'DetailedSolver' under nano@0 failed: first", error.Message);
        Assert.Equal(["second", "first"], error.Failures.Select(failure => failure.Exception.Message));
    }

    [Fact]
    public async Task Cancellation_ReachesBothCalls()
    {
        using var caller = new CancellationTokenSource();
        var run = await HedgedAsync(caller.Token);
        Assert.Equal(2, _model.Running);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(0, _model.Running);
    }

    [Fact]
    public async Task AfterP95_IsThePlansOfThatSubAgentUnderThatSetting()
    {
        var plan = Plans.Of("DetailedSolver=nano@0").WithCells(
            new PlanCell("DetailedSolver", new Setting("nano", 16), 1, 2), new PlanCell("DetailedSolver", new Setting("nano", 0), 3, 5));
        var workflow = Workflow(HedgePolicy.AfterP95);
        var run = workflow.RunAsync("x", Preference.Balanced, new RunOptions { Plan = plan });
        await AskedAsync();
        await _time.TimerSetAsync();

        _time.Advance(TimeSpan.FromSeconds(5));
        await AskedAsync();
        _calls[1].SetResult("7");

        Assert.Equal(TimeSpan.FromSeconds(5), Assert.Single((await run).Hedges).After);
    }

    [Fact]
    public async Task AfterP95_WithoutAPlanThatSays_IsNever()
    {
        var run = RunAsync(HedgePolicy.AfterP95);
        await AskedAsync();

        _calls[0].SetResult("7");

        Assert.Empty((await run).Hedges);
    }

    [Fact]
    public async Task TimeThatNoTimerCanTake_IsNever()
    {
        foreach (var policy in new[] { HedgePolicy.After(TimeSpan.MaxValue), HedgePolicy.AfterP95 })
        {
            var plan = Plans.Of("DetailedSolver=nano@0").WithCells(new PlanCell("DetailedSolver", new Setting("nano", 0), 1, 1e15));
            var run = Workflow(policy).RunAsync("x", Preference.Balanced, new RunOptions { Plan = plan });
            await AskedAsync();
            _calls[^1].SetResult("7");

            Assert.Empty((await run).Hedges);
        }
    }

    private MathWorkflow Workflow(HedgePolicy policy) => new()
    {
        Models = _models,
        Runtime = new WorkflowRuntime { TimeProvider = _time, Hedging = policy, Retries = 0 },
    };

    private Task<WorkflowResult<string>> RunAsync(HedgePolicy policy, CancellationToken cancellationToken = default) =>
        Workflow(policy).RunAsync("x", MathWorkflow.Plan.C01, cancellationToken: cancellationToken);

    /// <summary>A run whose only call is under way for the second time.</summary>
    private async Task<Task<WorkflowResult<string>>> HedgedAsync(CancellationToken cancellationToken = default)
    {
        var run = RunAsync(HedgePolicy.After(s_after), cancellationToken);
        await AskedAsync();
        await _time.TimerSetAsync();
        _time.Advance(s_after);
        await AskedAsync();
        return run;
    }

    private async Task AskedAsync() => Assert.True(await _asked.WaitAsync(TimeSpan.FromSeconds(60)), "The model was not asked.");
}
