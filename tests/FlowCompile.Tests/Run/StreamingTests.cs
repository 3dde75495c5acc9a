using System.Collections.Concurrent;
using System.Diagnostics;
using FlowCompile.Tests.Run.Golden.Code;
using FlowCompile.Tests.Run.Golden.Planned;
using Microsoft.Extensions.AI;

namespace FlowCompile.Tests.Run;

public class StreamingTests
{
    private static readonly WorkflowRuntime s_patient = new() { RetryDelay = TimeSpan.Zero };

    [Fact]
    public async Task Output_IsReadWhileItIsWritten()
    {
        var model = Candidates(new WritingModel());
        var stream = new MathWorkflow { Models = FakeModel.Catalog(model) }.RunStreamingAsync("x", MathWorkflow.Plan.C02);
        await using var reader = stream.GetAsyncEnumerator();

        foreach (var piece in new[] { "the ", "answer ", "is 7" })
        {
            var next = reader.MoveNextAsync();
            Assert.False(next.IsCompleted);
            model.Write("[select]", piece);
            Assert.True(await next);
            Assert.Equal(piece, reader.Current.Text);
        }

        Assert.Contains("to the end", Assert.Throws<InvalidOperationException>(() => stream.Result).Message, StringComparison.Ordinal);
        model.End("[select]");
        Assert.False(await reader.MoveNextAsync());
        Assert.Equal("the answer is 7", stream.Result.Output);
        Assert.Equal(6, stream.Result.Calls.Count);
        Assert.NotNull(stream.Result.Calls.Single(call => call.Node == "Select").TimeToFirstToken);
    }

    [Fact]
    public async Task OnlyCandidate_IsTheOutputThatStreams()
    {
        var model = new WritingModel().Write("[detail]", "1", "2").End("[detail]");

        var (texts, result) = await ReadAsync(new MathWorkflow { Models = FakeModel.Catalog(model) }.RunStreamingAsync("x", MathWorkflow.Plan.C01));

        Assert.Equal(["1", "2"], texts);
        Assert.Equal("12", result.Output);
    }

    [Fact]
    public async Task FailureBeforeTheFirstContent_IsMetAsAnyOther()
    {
        var failing = new WritingModel().Write("[detail]", "").End("[detail]", new HttpRequestException("down"));
        var sound = new WritingModel().Write("[detail]", "", "se", "ven").End("[detail]");
        using var models = new ModelCatalog().Add("a", failing).Add("b", sound);
        var plan = Plans.Of("DetailedSolver=b@0", "DetailedSolver=a@0");

        var (texts, result) = await ReadAsync(
            new MathWorkflow { Models = models, Runtime = s_patient }.RunStreamingAsync("x", Preference.MostAccurate, new RunOptions { Plan = plan }));

        Assert.Equal(["", "se", "ven"], texts);
        Assert.Equal("seven", result.Output);
        Assert.Equal(2, failing.Asked.Count); // with one retry
        Assert.Single(result.Reroutes);
    }

    [Fact]
    public async Task ModelThatThrowsAtOnce_IsMetAsAnyOther_AndLeavesNoActivity()
    {
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == WorkflowTelemetry.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var models = new ModelCatalog().Add("unreachable", new ThrowingModel()).Add("b", new WritingModel().Write("[detail]", "seven").End("[detail]"));
        var plan = Plans.Of("DetailedSolver=b@0", "DetailedSolver=unreachable@0");

        var (texts, result) = await ReadAsync(
            new MathWorkflow { Models = models, Runtime = s_patient }.RunStreamingAsync("x", Preference.MostAccurate, new RunOptions { Plan = plan }));

        Assert.Equal(["seven"], texts);
        Assert.Equal(2, result.Failures.Count); // with one retry
        Assert.All(result.Failures, failure => Assert.True(failure.IsModelFailure));
        Assert.Equal(2, ended.Count(activity => activity.OperationName == "chat unreachable"));
    }

    [Fact]
    public async Task AnswerThatASubAgentLeavesEarly_IsACallOfWhatItRead()
    {
        List<CallRecord> records = [];
        var model = new WritingModel().Write("[detail]", "the ", "answer");
        var agent = new SubAgentContext("DetailedSolver", new Setting("nano", 0), model, new SubAgentCall { RecordTexts = true }, records.Add);

        await foreach (var update in agent.ChatClient.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "[detail] x")]))
        {
            Assert.Equal("the ", update.Text);
            break;
        }

        var record = Assert.Single(records);
        Assert.Equal("the ", record.Answer);
        Assert.NotNull(record.TimeToFirstToken);
        Assert.Equal(0, model.Running);
    }

    [Fact]
    public async Task FailureAfterTheFirstContent_EndsTheRun()
    {
        var failing = new WritingModel().Write("[detail]", "se").End("[detail]", new HttpRequestException("down"));
        using var models = new ModelCatalog().Add("a", failing).Add("b", new WritingModel());
        var plan = Plans.Of("DetailedSolver=b@0", "DetailedSolver=a@0");
        var stream = new MathWorkflow { Models = models, Runtime = s_patient }.RunStreamingAsync("x", Preference.MostAccurate, new RunOptions { Plan = plan });
        await using var reader = stream.GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal("se", reader.Current.Text);

        var error = await Assert.ThrowsAsync<WorkflowException>(async () => await reader.MoveNextAsync());

        Assert.Equal(
            "Workflow 'math': 'DetailedSolver' under a@0 failed: down (after a part of the output was handed on, so it was not tried again)", error.Message);
        Assert.Single(failing.Asked);
        Assert.Single(error.Failures);
        Assert.Empty(error.Reroutes);
    }

    [Fact]
    public async Task OutputOfACallThatWasACandidate_IsOneUpdate()
    {
        var candidates = new WritingModel().Write("[detail]", "se", "ven").End("[detail]").Write("[solve]", "eight").End("[solve]");
        using var models = new ModelCatalog().Add("a", candidates).Add("c", new WritingModel().End("[select]", new HttpRequestException("down")));
        var plan = Plans.Of("DetailedSolver=a@0", "DetailedSolver=a@0 GenerateSolver*1=a@0 Select=c@0");

        var (texts, result) = await ReadAsync(
            new MathWorkflow { Models = models, Runtime = s_patient }.RunStreamingAsync("x", Preference.MostAccurate, new RunOptions { Plan = plan }));

        Assert.Equal(["seven"], texts);
        Assert.Equal("c01", result.Configuration.Id);
    }

    [Fact]
    public async Task OutputOfATool_IsOneUpdate()
    {
        var model = new FakeModel(prompt => prompt.StartsWith("[classify]", StringComparison.Ordinal) ? "easy" : "return 1");
        using var models = new ModelCatalog().Add("nano", model).Add("micro", model, leaveOpen: true).Add("mini", model, leaveOpen: true);

        var (texts, result) = await ReadAsync(new CodeWorkflow { Models = models }.RunStreamingAsync("a task", "1", CodeWorkflow.Plan.C01));

        Assert.Equal([result.Output], texts);
    }

    [Fact]
    public async Task LeavingTheStream_CancelsTheRun_AndLeavesNoCallBehind()
    {
        var model = Candidates(new WritingModel()).Write("[select]", "the ");
        var stream = new MathWorkflow { Models = FakeModel.Catalog(model) }.RunStreamingAsync("x", MathWorkflow.Plan.C02);

        await foreach (var update in stream)
        {
            Assert.Equal("the ", update.Text);
            Assert.Equal(1, model.Running);
            break;
        }

        Assert.Equal(0, model.Running);
        Assert.Throws<InvalidOperationException>(() => stream.Result);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancellation_ByEitherToken_IsTheCallers(bool byReader)
    {
        var model = Candidates(new WritingModel()).Write("[select]", "the ");
        using var caller = new CancellationTokenSource();
        var stream = new MathWorkflow { Models = FakeModel.Catalog(model) }
            .RunStreamingAsync("x", MathWorkflow.Plan.C02, cancellationToken: byReader ? CancellationToken.None : caller.Token);

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in stream.WithCancellation(byReader ? caller.Token : CancellationToken.None))
            {
                await caller.CancelAsync();
            }
        });

        Assert.Equal(caller.Token, error.CancellationToken);
        Assert.Equal(0, model.Running);
    }

    [Fact]
    public async Task TimeLimit_HoldsForAnAnswerThatIsRead()
    {
        using var time = new ManualTime();
        var model = new WritingModel().Write("[detail]", "");
        var runtime = new WorkflowRuntime { TimeProvider = time, CallTimeout = TimeSpan.FromSeconds(3), Retries = 0 };
        var reading = ReadAsync(new MathWorkflow { Models = FakeModel.Catalog(model), Runtime = runtime }.RunStreamingAsync("x", MathWorkflow.Plan.C01));
        await time.TimerSetAsync();

        time.Advance(TimeSpan.FromSeconds(3));

        var error = await Assert.ThrowsAsync<WorkflowException>(() => reading);
        Assert.Equal("Workflow 'math': 'DetailedSolver' under nano@0 failed: The model 'nano' gave no answer within 3 s.", error.Message);
        Assert.Equal(0, model.Running);
    }

    [Fact]
    public async Task Stream_IsReadOnce()
    {
        var model = new WritingModel().Write("[detail]", "7").End("[detail]");
        var stream = new MathWorkflow { Models = FakeModel.Catalog(model) }.RunStreamingAsync("x", MathWorkflow.Plan.C01);
        await ReadAsync(stream);

        await Assert.ThrowsAsync<InvalidOperationException>(() => ReadAsync(stream));
    }

    [Fact]
    public async Task InfeasiblePreference_IsThrownWhenTheStreamIsRead()
    {
        var stream = new MathWorkflow { Models = FakeModel.Catalog(new WritingModel()) }
            .RunStreamingAsync("x", Preference.Balanced with { MaxLatency = TimeSpan.FromTicks(1) });

        await Assert.ThrowsAsync<InfeasiblePreferenceException>(() => ReadAsync(stream));
    }

    private static WritingModel Candidates(WritingModel model)
    {
        foreach (var prefix in new[] { "[program]", "[refine]", "[detail]", "[solve]" })
        {
            model.Write(prefix, "1").End(prefix);
        }

        return model;
    }

    private static async Task<(List<string> Texts, WorkflowResult<T> Result)> ReadAsync<T>(WorkflowStream<T> stream)
    {
        List<string> texts = [];
        await foreach (var update in stream)
        {
            texts.Add(update.Text);
        }

        return (texts, stream.Result);
    }

    /// <summary>A client that does not even begin to answer.</summary>
    private sealed class ThrowingModel : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new HttpRequestException("no route");

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new HttpRequestException("no route");

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
