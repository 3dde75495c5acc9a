using System.Diagnostics.Metrics;
using FlowCompile.Plans;
using FlowCompile.Tests.Run.Golden.Planned;
using Microsoft.Extensions.AI;

namespace FlowCompile.Tests.Run.Drift;

public class DriftMonitorTests
{
    private static readonly Setting s_setting = new("nano", 0);

    [Fact]
    public void EachMeasure_IsFoundAndSaidOnce()
    {
        List<CellDrift> said = [];
        var monitor = new DriftMonitor(Plan(new PlanCell("Select", s_setting, 0.1, 0.2) { Accuracy = 0.9, Tokens = 20, Samples = 400 }), new DriftOptions { OnDrift = said.Add });
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            monitor.Observe("math", "Select", s_setting, TimeSpan.FromSeconds(0.1 * random.NextDouble() * 2), random.Next(41));
            monitor.ObserveScore("math", "Select", s_setting, random.NextDouble() < 0.88 ? 1 : 0);
        }

        Assert.Empty(monitor.Drifted);
        for (var i = 0; i < 500; i++)
        {
            monitor.Observe("math", "Select", s_setting, TimeSpan.FromSeconds(0.3), 60);
            monitor.ObserveScore("math", "Select", s_setting, random.NextDouble() < 0.5 ? 1 : 0);
        }

        Assert.Equal(said, monitor.Drifted);
        Assert.Equal(Enum.GetValues<DriftMeasure>(), said.Select(drift => drift.Measure).Order());
        Assert.Equal([0.1, 20, 0.9], said.OrderBy(drift => drift.Measure).Select(drift => drift.Planned));
        Assert.InRange(said.Single(drift => drift.Measure == DriftMeasure.Latency).Live, 0.25, 0.31);
        Assert.InRange(said.Single(drift => drift.Measure == DriftMeasure.Accuracy).Live, 0.3, 0.7);
        Assert.StartsWith("'Select' under nano@0: the latency is 0.", said.Single(drift => drift.Measure == DriftMeasure.Latency).ToString(), StringComparison.Ordinal);
        Assert.EndsWith(" s", said.Single(drift => drift.Measure == DriftMeasure.Latency).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatThePlanDoesNotSay_NeverDrifts()
    {
        var monitor = new DriftMonitor(Plan(new PlanCell("Select", s_setting, 0)));
        for (var i = 0; i < 1000; i++)
        {
            Assert.Empty(monitor.Observe("math", "Select", s_setting, TimeSpan.FromHours(1), 1000));
            Assert.Empty(monitor.Observe("math", "Select", new Setting("nano", 1), TimeSpan.FromHours(1), 1000));
            Assert.Empty(monitor.Observe("other", "Select", s_setting, TimeSpan.FromHours(1), 1000));
            Assert.Null(monitor.ObserveScore("math", "Select", s_setting, 0));
        }
    }

    [Fact]
    public void OfFewSamples_MoreIsForgiven()
    {
        var (few, many) = (Monitor(10), Monitor(1000));
        for (var i = 0; i < 300; i++)
        {
            few.Observe("math", "Select", s_setting, TimeSpan.FromSeconds(2), 0);
            many.Observe("math", "Select", s_setting, TimeSpan.FromSeconds(2), 0);
        }

        Assert.Empty(few.Drifted);
        Assert.Single(many.Drifted);

        static DriftMonitor Monitor(int samples) => new(Plan(new PlanCell("Select", s_setting, 1, 2) { Samples = samples }));
    }

    [Fact]
    public async Task Runs_TellOfTheirCalls_AndLogWhatDrifts()
    {
        using var time = new ManualTime();
        using var log = new KeptLog();
        var measured = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument is { Name: "flowcompile.drifts", Meter.Name: WorkflowTelemetry.MeterName })
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => measured.Add($"{instrument.Unit} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}"));
        listener.Start();
        var setting = new Setting("slow", 0);
        var plan = Plans.Of("DetailedSolver=slow@0").WithCells(new PlanCell("DetailedSolver", setting, 1, 1.5) { Tokens = 10, Samples = 100 });
        var model = new TokenModel(time);
        using var models = new ModelCatalog().Add("slow", model);
        var workflow = new MathWorkflow { Models = models, Runtime = new WorkflowRuntime { TimeProvider = time, Logger = log.Logger, RetryDelay = TimeSpan.Zero, Drift = new DriftMonitor(plan) } };

        await RunAsync(200);
        Assert.Empty(log.Lines);
        model.Latency = TimeSpan.FromSeconds(3);
        await RunAsync(60);

        var drift = Assert.Single(workflow.Runtime.Drift!.Drifted);
        Assert.Equal((DriftMeasure.Latency, 3.0), (drift.Measure, drift.Live));
        Assert.Equal($"Warning: The plan of workflow 'math' no longer holds: {drift}.", Assert.Single(log.Lines));
        Assert.Contains("{cell} math DetailedSolver slow 0 Latency", measured);

        async Task RunAsync(int runs)
        {
            for (var i = 0; i < runs; i++)
            {
                await workflow.RunAsync("x", Preference.Fastest, new RunOptions { Plan = plan });
            }
        }
    }

    [Fact]
    public async Task HandlerThatThrows_IsLogged_AndFailsNoCall()
    {
        using var time = new ManualTime();
        using var log = new KeptLog();
        var plan = Plans.Of("DetailedSolver=slow@0").WithCells(new PlanCell("DetailedSolver", new Setting("slow", 0), 1, 1.5) { Tokens = 1, Samples = 100 });
        using var models = new ModelCatalog().Add("slow", new TokenModel(time) { Latency = TimeSpan.FromSeconds(3) });
        var monitor = new DriftMonitor(plan, new DriftOptions { OnDrift = _ => throw new InvalidOperationException("no pager") });
        var workflow = new MathWorkflow { Models = models, Runtime = new WorkflowRuntime { TimeProvider = time, Logger = log.Logger, Drift = monitor } };

        for (var i = 0; i < 60; i++)
        {
            Assert.Empty((await workflow.RunAsync("x", Preference.Fastest, new RunOptions { Plan = plan })).Failures);
        }

        Assert.Equal(2, monitor.Drifted.Count);
        Assert.Equal(
            monitor.Drifted.Select(drift => $"Error: Workflow 'math': OnDrift threw when told of this: {drift}."),
            log.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)));
        Assert.Equal(2, log.Lines.Count(line => line.StartsWith("Warning: The plan of workflow 'math' no longer holds", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task TriesThatFailed_AreNotCompared()
    {
        using var time = new ManualTime();
        var plan = Plans.Of("DetailedSolver=slow@0").WithCells(new PlanCell("DetailedSolver", new Setting("slow", 0), 1, 1.5) { Tokens = 10, Samples = 100 });
        var model = new TokenModel(time) { FailsEverySecond = true };
        using var models = new ModelCatalog().Add("slow", model);
        var workflow = new MathWorkflow { Models = models, Runtime = new WorkflowRuntime { TimeProvider = time, RetryDelay = TimeSpan.Zero, Drift = new DriftMonitor(plan) } };

        for (var i = 0; i < 100; i++)
        {
            Assert.Single((await workflow.RunAsync("x", Preference.Fastest, new RunOptions { Plan = plan })).Failures);
        }

        Assert.Empty(workflow.Runtime.Drift!.Drifted);
    }

    [Fact]
    public void OptionsOutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DriftOptions { CallsPerFalseAlarm = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DriftOptions { LatencyTolerance = -0.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DriftOptions { TokenTolerance = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DriftOptions { AccuracyTolerance = double.PositiveInfinity });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DriftOptions { AccuracyTolerance = 10 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DriftOptions { CallsPerFalseAlarm = double.PositiveInfinity });
        var monitor = new DriftMonitor(Plan(new PlanCell("Select", s_setting, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => monitor.ObserveScore("math", "Select", s_setting, 1.1));
        Assert.Throws<ArgumentException>(() => new DriftMonitor([Plan(new PlanCell("Select", s_setting, 1)), Plan(new PlanCell("Select", s_setting, 2))]));
    }

    private static WorkflowPlan Plan(params PlanCell[] cells) => Plans.Of("DetailedSolver=nano@0").WithCells(cells);

    /// <summary>Answers with 10 tokens after a time on a clock of the test's.</summary>
    private sealed class TokenModel(ManualTime time) : IChatClient
    {
        private int _asked;

        public TimeSpan Latency { get; set; } = TimeSpan.FromSeconds(1);

        public bool FailsEverySecond { get; init; }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var fails = FailsEverySecond && ++_asked % 2 == 1;
            time.Advance(fails ? TimeSpan.FromMinutes(1) : Latency);
            return fails
                ? Task.FromException<ChatResponse>(new HttpRequestException("down"))
                : Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "7")) { Usage = new UsageDetails { OutputTokenCount = 10 } });
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
