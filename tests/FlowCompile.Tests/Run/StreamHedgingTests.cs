using FlowCompile.Tests.Run.Golden.Planned;
using Microsoft.Extensions.AI;

namespace FlowCompile.Tests.Run;

/// <summary>Calls whose answer is read while it is written, made a second time where no token comes.</summary>
public sealed class StreamHedgingTests : IDisposable
{
    private static readonly TimeSpan s_after = TimeSpan.FromSeconds(2);
    private readonly ManualTime _time = new();
    private readonly WritingModel _model = new(isByCall: true);
    private readonly List<string> _read = [];

    public void Dispose() => _time.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task CallWithTheFirstToken_IsRead_AndTheOtherCanceled(int winner)
    {
        var (stream, reading) = await HedgedAsync();
        _model.Write("[detail]0", "");
        _model.Write("[detail]1", "");

        _model.Write($"[detail]{winner}", "se");
        Assert.True(SpinWait.SpinUntil(() => _model.Running == 1, TimeSpan.FromSeconds(60)));
        _model.Write($"[detail]{winner}", "ven").End($"[detail]{winner}");

        await reading;
        Assert.Equal(["", "se", "ven"], _read);
        Assert.Equal("seven", stream.Result.Output);
        Assert.Equal([new Hedge("DetailedSolver", 0, 0, new Setting("nano", 0), s_after, Won: winner == 1)], stream.Result.Hedges);
        Assert.Single(stream.Result.Calls);
        Assert.Empty(stream.Result.Failures);
        Assert.Equal(0, _model.Running);
    }

    [Fact]
    public async Task TokenInTime_IsEnough_HoweverLongTheRestTakes()
    {
        var stream = Workflow().RunStreamingAsync("x", MathWorkflow.Plan.C01);
        await using var reader = stream.GetAsyncEnumerator();
        var next = reader.MoveNextAsync();
        await _time.TimerSetAsync();
        _model.Write("[detail]0", "se");
        Assert.True(await next);

        _time.Advance(TimeSpan.FromMinutes(1));
        _model.Write("[detail]0", "ven").End("[detail]0");

        Assert.True(await reader.MoveNextAsync());
        Assert.False(await reader.MoveNextAsync());
        Assert.Equal("seven", stream.Result.Output);
        Assert.Empty(stream.Result.Hedges);
        Assert.Single(_model.Asked);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task CallThatFailsBeforeItsFirstToken_WaitsForTheOther(int failing)
    {
        var (stream, reading) = await HedgedAsync();
        _model.End($"[detail]{failing}", new HttpRequestException("down"));
        Assert.True(SpinWait.SpinUntil(() => _model.Running == 1, TimeSpan.FromSeconds(60)));

        _model.Write($"[detail]{1 - failing}", "seven").End($"[detail]{1 - failing}");

        await reading;
        Assert.Equal(["seven"], _read);
        Assert.Equal("down", Assert.Single(stream.Result.Failures).Exception.Message);
        Assert.Equal(failing == 0, Assert.Single(stream.Result.Hedges).Won);
    }

    [Fact]
    public async Task BothFailing_IsAFailureOfTheCall_ThatTheRunMeetsAsAnyOther()
    {
        var sound = new WritingModel().Write("[detail]", "eight").End("[detail]");
        using var models = new ModelCatalog().Add("a", _model).Add("b", sound);
        var options = new RunOptions { Plan = Plans.Of("DetailedSolver=b@0", "DetailedSolver=a@0") };
        var (stream, reading) = await HedgedAsync(Workflow(models).RunStreamingAsync("x", Preference.MostAccurate, options));

        _model.End("[detail]0", new HttpRequestException("first")).End("[detail]1", new HttpRequestException("second"));

        await reading;
        Assert.Equal(["eight"], _read);
        Assert.Equal(["first", "second"], stream.Result.Failures.Select(failure => failure.Exception.Message).Order(StringComparer.Ordinal));
        Assert.Equal("'DetailedSolver' under a@0: first", Assert.Single(stream.Result.Reroutes).Reason);
    }

    [Fact]
    public async Task FailureAfterTheFirstToken_EndsTheRun_HedgedOrNot()
    {
        var (_, reading) = await HedgedAsync();
        _model.Write("[detail]1", "se").End("[detail]1", new HttpRequestException("down"));

        var error = await Assert.ThrowsAsync<WorkflowException>(() => reading);

        Assert.Equal(["se"], _read);
        Assert.EndsWith("failed: down (after a part of the output was handed on, so it was not tried again)", error.Message, StringComparison.Ordinal);
        Assert.Single(error.Failures);
        Assert.Equal(0, _model.Running);
    }

    [Fact]
    public async Task Cancellation_ReachesBothCalls()
    {
        using var caller = new CancellationTokenSource();
        var (_, reading) = await HedgedAsync(Workflow().RunStreamingAsync("x", MathWorkflow.Plan.C01, cancellationToken: caller.Token));
        Assert.Equal(2, _model.Running);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Equal(0, _model.Running);
    }

    [Fact]
    public async Task StreamThatASubAgentReads_IsHedgedToo()
    {
        List<string> texts = [];
        var run = WorkflowRun.Start(
            MathWorkflow.Graph, MathWorkflow.Plan.C01, FakeModel.Catalog(_model), Workflow().Runtime, options: null, CancellationToken.None);
        var call = run.Begin(3);
        var reading = Task.Run(async () =>
        {
            await foreach (var update in call.Agent.ChatClient.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "[detail] x")]))
            {
                texts.Add(update.Text);
                break;
            }
        });
        await _time.TimerSetAsync();
        _time.Advance(s_after);
        Assert.True(SpinWait.SpinUntil(() => _model.Running == 2, TimeSpan.FromSeconds(60)));
        _model.Write("[detail]1", "se");

        await reading;
        Assert.Equal(["se"], texts);
        Assert.Equal(0, _model.Running);
    }

    private MathWorkflow Workflow(ModelCatalog? models = null) => new()
    {
        Models = models ?? FakeModel.Catalog(_model),
        Runtime = new WorkflowRuntime { TimeProvider = _time, Retries = 0, Hedging = HedgePolicy.After(s_after) },
    };

    /// <summary>A run whose only call is under way for the second time, and what reads it.</summary>
    private async Task<(WorkflowStream<string> Stream, Task Reading)> HedgedAsync(WorkflowStream<string>? given = null)
    {
        var stream = given ?? Workflow().RunStreamingAsync("x", MathWorkflow.Plan.C01);
        var reading = Task.Run(async () =>
        {
            await foreach (var update in stream)
            {
                _read.Add(update.Text);
            }
        });
        await _time.TimerSetAsync();
        _time.Advance(s_after);
        Assert.True(SpinWait.SpinUntil(() => _model.Asked.Count == 2, TimeSpan.FromSeconds(60)));
        return (stream, reading);
    }
}
