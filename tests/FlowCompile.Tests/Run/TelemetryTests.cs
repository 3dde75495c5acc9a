using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using FlowCompile.Plans;
using FlowCompile.Settings;
using FlowCompile.Tests.Run.Golden.Planned;
using Microsoft.Extensions.AI;

namespace FlowCompile.Tests.Run;

public class TelemetryTests
{
    [Fact]
    public async Task Activities_FollowTheConventions()
    {
        var activities = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is WorkflowTelemetry.SourceName or "test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("test");
        using var caller = source.StartActivity("caller");
        var model = new CountingModel();

        var run = new MathWorkflow { Models = FakeModel.Catalog(model) }.RunAsync("x", MathWorkflow.Plan.C02);
        Assert.Same(caller, Activity.Current);
        await run;

        var all = activities.Where(activity => activity.TraceId == caller!.TraceId).ToList();
        var workflow = Assert.Single(all, activity => activity.OperationName == "invoke_workflow math");
        Assert.Equal(caller!.SpanId, workflow.ParentSpanId);
        Assert.Equal("math", workflow.GetTagItem("gen_ai.workflow.name"));
        Assert.Equal("c02", workflow.GetTagItem("flowcompile.configuration"));
        Assert.Equal(ActivityStatusCode.Unset, workflow.Status);

        var agent = Assert.Single(all, activity => activity.OperationName == "invoke_agent DetailedSolver");
        Assert.Equal(workflow.SpanId, agent.ParentSpanId);
        Assert.Equal("invoke_agent", agent.GetTagItem("gen_ai.operation.name"));
        Assert.Equal("DetailedSolver", agent.GetTagItem("gen_ai.agent.name"));

        var chat = Assert.Single(all, activity => activity.ParentSpanId == agent.SpanId);
        Assert.Equal("chat micro", chat.OperationName);
        Assert.Equal(ActivityKind.Client, chat.Kind);
        Assert.Equal("acme", chat.GetTagItem("gen_ai.provider.name"));
        Assert.Equal("micro", chat.GetTagItem("gen_ai.request.model"));
        Assert.Equal("micro-2", chat.GetTagItem("gen_ai.response.model"));
        Assert.Equal(10L, chat.GetTagItem("gen_ai.usage.input_tokens"));
        Assert.Equal(7L, chat.GetTagItem("gen_ai.usage.output_tokens"));
        Assert.Equal(5L, chat.GetTagItem("gen_ai.usage.reasoning.output_tokens"));

        var tool = Assert.Single(all, activity => activity.OperationName == "execute_tool Evaluate");
        Assert.Equal(workflow.SpanId, tool.ParentSpanId);
        Assert.Equal("Evaluate", tool.GetTagItem("gen_ai.tool.name"));
        Assert.Equal(1 + 5 + 1 + 1 + 6, all.Count); // the run, sub-agents with two replicas, the tool, the model calls
    }

    [Fact]
    public async Task FailedRun_SaysSoOnEveryActivityOnItsPath()
    {
        var activities = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is WorkflowTelemetry.SourceName or "test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("test");
        using var caller = source.StartActivity("caller");
        var model = new FakeModel((_, _) => Task.FromException<string>(new TimeoutException("too slow")));

        await Assert.ThrowsAsync<WorkflowException>(() => new MathWorkflow { Models = FakeModel.Catalog(model), Runtime = new WorkflowRuntime { Retries = 0 } }.RunAsync("x", MathWorkflow.Plan.C01));

        var failed = activities.Where(activity => activity.TraceId == caller!.TraceId && activity.Status == ActivityStatusCode.Error).ToList();
        Assert.Equal(["chat nano", "invoke_agent DetailedSolver", "invoke_workflow math"], failed.Select(activity => activity.OperationName));
        Assert.Equal("System.TimeoutException", failed[0].GetTagItem("error.type"));
    }

    [Fact]
    public async Task CallThatIsCanceledWhileItWaitsForItsRetry_EndsItsActivity()
    {
        var activities = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is WorkflowTelemetry.SourceName or "test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("test");
        using var caller = source.StartActivity("caller");
        using var time = new ManualTime();
        using var canceled = new CancellationTokenSource();
        var model = new FakeModel((_, _) => Task.FromException<string>(new TimeoutException("too slow")));
        var run = new MathWorkflow { Models = FakeModel.Catalog(model), Runtime = new WorkflowRuntime { TimeProvider = time } }
            .RunAsync("x", MathWorkflow.Plan.C01, cancellationToken: canceled.Token);
        await time.TimerSetAsync();

        await canceled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Contains(activities, activity => activity.TraceId == caller!.TraceId && activity.OperationName == "invoke_agent DetailedSolver");
    }

    [Fact]
    public async Task Instruments_FollowTheConventions()
    {
        // Other tests run workflows too: a model name of its own tells this run's measurements from theirs.
        var measured = new ConcurrentQueue<(string Instrument, string? Unit, double Value, Dictionary<string, object?> Tags)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == WorkflowTelemetry.MeterName)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured.Enqueue((instrument.Name, instrument.Unit, value, Map(tags))));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.Enqueue((instrument.Name, instrument.Unit, value, Map(tags))));
        listener.Start();
        using var models = new ModelCatalog().Add("metered", new CountingModel());
        var configuration = new WorkflowConfiguration("own", MathWorkflow.Plan.C01.Structure, [null, null, null, new Setting("metered", 0), null, null]);

        await new MathWorkflow { Models = models }.RunAsync("x", configuration);

        var own = measured.Where(one => Equals(one.Tags.GetValueOrDefault("gen_ai.request.model"), "metered")).ToList();
        Assert.All(own, one => Assert.Equal("acme", one.Tags["gen_ai.provider.name"]));
        Assert.Contains(own, one => one is { Instrument: "gen_ai.client.token.usage", Unit: "{token}", Value: 10 } && Equals(one.Tags["gen_ai.token.type"], "input"));
        Assert.Contains(own, one => one is { Instrument: "gen_ai.client.token.usage", Unit: "{token}", Value: 7 } && Equals(one.Tags["gen_ai.token.type"], "output"));
        Assert.Contains(own, one => one is { Instrument: "gen_ai.client.operation.duration", Unit: "s", Value: 0.25 });
        Assert.Contains(own, one => one is { Instrument: "gen_ai.client.operation.time_to_first_chunk", Unit: "s", Value: 0.125 });
        Assert.Contains(measured, one => one is { Instrument: "gen_ai.workflow.duration", Unit: "s" } && Equals(one.Tags["gen_ai.workflow.name"], "math"));

        static Dictionary<string, object?> Map(ReadOnlySpan<KeyValuePair<string, object?>> tags) => new(tags.ToArray());
    }

    [Fact]
    public async Task Cost_IsTheTokensAtTheModelsPrice()
    {
        using var models = new ModelCatalog().Add("nano", new CountingModel(), price: new ModelPrice(2, 30));

        var result = await new MathWorkflow { Models = models }.RunAsync("x", MathWorkflow.Plan.C01);

        Assert.Equal(((10 * 2) + (7 * 30)) / 1e6, Assert.Single(result.Calls).Cost, 1e-15);
    }

    [Theory]
    [InlineData(4L, null, 4)] // 4 of the 10 tokens at the price of cached ones
    [InlineData(10L, null, 10)]
    [InlineData(400L, null, 10)] // no more than there are
    [InlineData(null, null, 0)]
    [InlineData(null, "InputTokenDetails.CachedTokenCount", 4)]
    [InlineData(null, "cache_read_input_tokens", 4)]
    [InlineData(null, "OutputTokenDetails.AudioTokenCount", 0)]
    public async Task Cost_HasCachedTokensAtTheirPrice(long? cached, string? name, int expected)
    {
        using var models = new ModelCatalog().Add("nano", new CountingModel(cached, name), price: new ModelPrice(2, 30) { CachedInputPerMillion = 0.5 });
        using var others = new ModelCatalog().Add("nano", new CountingModel(cached, name), price: new ModelPrice(2, 30));

        var call = Assert.Single((await new MathWorkflow { Models = models }.RunAsync("x", MathWorkflow.Plan.C01)).Calls);
        Assert.Equal((((10 - expected) * 2) + (expected * 0.5) + (7 * 30)) / 1e6, call.Cost, 1e-15);
        Assert.Equal((10, expected), (call.InputTokens, call.CachedInputTokens));
        call = Assert.Single((await new MathWorkflow { Models = others }.RunAsync("x", MathWorkflow.Plan.C01)).Calls);
        Assert.Equal(((10 * 2) + (7 * 30)) / 1e6, call.Cost, 1e-15); // without a price of their own they cost as much as others
    }

    /// <summary>Answers with 10 input, 5 thinking and 2 answer tokens, the first after 125 ms of 250 ms.</summary>
    private sealed class CountingModel(long? cached = null, string? additional = null) : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, "1"))
            {
                ModelId = "micro-2",
                Usage = new UsageDetails { InputTokenCount = 10, OutputTokenCount = 7, ReasoningTokenCount = 5, CachedInputTokenCount = cached },
            };
            if (additional is not null)
            {
                response.Usage.AdditionalCounts = new() { [additional] = 4 };
            }

            response.SetTimings(new GenerationTimings
            {
                TimeToFirstToken = TimeSpan.FromMilliseconds(125),
                TokenTimes = [],
                Total = TimeSpan.FromMilliseconds(250),
            });
            return Task.FromResult(response);
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("acme") : null;

        public void Dispose()
        {
        }
    }
}
