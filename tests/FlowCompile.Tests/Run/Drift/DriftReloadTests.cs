#pragma warning disable MEAI001 // RoutingChatClient is for evaluation.

using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Tests.Run.Golden.Planned;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FlowCompile.Tests.Run.Drift;

/// <summary>Plans that take over while a monitor compares calls with the one before.</summary>
public sealed class DriftReloadTests
{
    private static readonly Setting s_nano = new("nano", 0);
    private static readonly Setting s_mini = new("mini", 0);

    [Fact]
    public void Watch_KeepsWhatIsKnownOfCellsThatAreAsTheyWere_AndBeginsTheOthersAnew()
    {
        var monitor = new DriftMonitor(Plan(Cell("Select", s_nano, 1), Cell("Select", s_mini, 1), Cell("Programmer", s_nano, 1)));
        var (slow, needed) = (TimeSpan.FromSeconds(3), 0);
        while (monitor.Observe("math", "Select", s_nano, slow, 0).Count == 0)
        {
            needed++;
        }

        for (var i = 0; i < needed; i++)
        {
            Assert.Empty(monitor.Observe("math", "Select", s_mini, slow, 0));
            Assert.Empty(monitor.Observe("math", "Programmer", s_nano, slow, 0));
        }

        // Select under nano is planned as slow as it is, under mini as before; Programmer is not called so any more.
        monitor.Watch(Plan(Cell("Select", s_nano, 3), Cell("Select", s_mini, 1)));

        Assert.Empty(monitor.Drifted);
        for (var i = 0; i < 2 * needed; i++)
        {
            Assert.Empty(monitor.Observe("math", "Select", s_nano, slow, 0));
            Assert.Empty(monitor.Observe("math", "Programmer", s_nano, slow, 0));
        }

        Assert.Single(monitor.Observe("math", "Select", s_mini, slow, 0)); // the evidence was all but enough
        monitor.Watch(Plan(Cell("Select", s_mini, 1)));
        Assert.Equal(s_mini, Assert.Single(monitor.Drifted).Setting);
    }

    [Fact]
    public void Watch_LeavesOtherWorkflowsAlone()
    {
        var monitor = new DriftMonitor(Plan(Cell("Select", s_nano, 1)));
        Drift(monitor);

        monitor.Watch(new WorkflowPlan("other", "sha256:0", "independent", "parallel", Plans.Of("Select=nano@0 DetailedSolver=nano@0 GenerateSolver=nano@0").Configurations, provenance: null));

        Assert.Single(monitor.Drifted);
        Assert.Throws<ArgumentException>(() => monitor.Watch(Plan(Cell("Select", s_nano, 1), Cell("Select", s_nano, 2))));
        Assert.Single(monitor.Drifted);
    }

    [Fact]
    public async Task Runs_HaveTheMonitorFollowThePlanInForce()
    {
        using var models = FakeModel.Catalog(new FakeModel(_ => "1"));
        var source = new GivenPlans();
        var monitor = new DriftMonitor(Plan(Cell("Select", s_nano, 1)));
        var workflow = new MathWorkflow { Models = models, Runtime = new WorkflowRuntime { Plans = source, Drift = monitor } };
        Drift(monitor);
        await RunAsync();
        Assert.Single(monitor.Drifted);

        source.Next.Enqueue(Plan(Cell("Select", s_nano, 3)));
        await RunAsync();
        Assert.Empty(monitor.Drifted);
        Assert.False(Drifts(monitor));

        // One that is found while another is being taken over does not come back.
        var (old, latest) = (Plan(Cell("Select", s_nano, 1)), Plan(Cell("Select", s_nano, 3)));
        source.Next.Enqueue(old);
        source.Next.Enqueue(latest);
        await RunAsync();
        Assert.False(Drifts(monitor));

        // A plan of a single run is not what all others are compared with. Without a plan beside it, the first is in force again.
        await workflow.RunAsync("x", Preference.Fastest, new RunOptions { Plan = old });
        Assert.False(Drifts(monitor));
        source.Next.Enqueue(null);
        await RunAsync();
        Assert.True(Drifts(monitor));

        Task RunAsync() => workflow.RunAsync("x", Preference.Fastest);
    }

    [Fact]
    public async Task ChatClient_HasTheMonitorFollowThePlanThatItTakesOver()
    {
        var graph = new WorkflowGraph("chat", [new GraphNode("Select", NodeKind.SubAgent, "string", [GraphInput.FromWorkflow("question", "string")])], "Select");
        using var models = FakeModel.Catalog(new FakeModel(_ => "1"));
        var source = new GivenPlans();
        var monitor = new DriftMonitor(ChatPlan(1));
        using var client = new PlanChatClient(graph, ChatPlan(1), models) { Runtime = new WorkflowRuntime { Plans = source, Drift = monitor } };
        await client.GetResponseAsync("hello");
        Assert.True(Drifts(monitor, "chat"));

        source.Next.Enqueue(ChatPlan(3));
        await client.GetResponseAsync("hello");

        Assert.Empty(monitor.Drifted);
        Assert.False(Drifts(monitor, "chat"));

        WorkflowPlan ChatPlan(double seconds) => new(
            "chat",
            graph.Hash,
            "independent",
            "parallel",
            [new WorkflowConfiguration("c01", WorkflowStructure.Create(graph, [1]), [s_nano], new Estimate { Accuracy = 0.5, LatencySeconds = 1 })],
            provenance: null)
        {
            Cells = [Cell("Select", s_nano, seconds)],
        };
    }

    [Fact]
    public async Task Services_AddAMonitorOfTheirWorkflows_ThatFollowsTheFilesOfTheOptions()
    {
        var folder = Directory.CreateTempSubdirectory("flowcompile-drift");
        try
        {
            using var time = new ManualTime();
            var file = Path.Combine(folder.FullName, "math.flowplan.json");
            Write(1);
            var services = new ServiceCollection();
            services.AddSingleton<TimeProvider>(time);
            services.AddSingleton<IConfigureOptions<WorkflowPlanOptions>>(new ConfigureNamedOptions<WorkflowPlanOptions>("math", options => options.File = file));
            services.AddModel("nano", new FakeModel(_ => "1"));
            services.AddDriftMonitor();
            services.AddMathWorkflow();
            await using var provider = services.BuildServiceProvider();
            var workflow = provider.GetRequiredService<MathWorkflow>();
            var monitor = provider.GetRequiredService<DriftMonitor>();
            Assert.Same(monitor, workflow.Runtime.Drift);
            await workflow.RunAsync("x", Preference.Fastest);
            Assert.True(Drifts(monitor));

            Write(3);
            time.Advance(TimeSpan.FromSeconds(5));
            await workflow.RunAsync("x", Preference.Fastest);

            Assert.Empty(monitor.Drifted);
            Assert.False(Drifts(monitor));

            void Write(double seconds) => PlanFile.Write(
                file, Plans.Of("DetailedSolver=nano@0", "DetailedSolver=nano@0 GenerateSolver=nano@0 Select=nano@0").WithCells(Cell("Select", s_nano, seconds)), MathWorkflow.Graph);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Drift(DriftMonitor monitor) => Assert.True(Drifts(monitor));

    /// <summary>Whether calls of three seconds are found to drift.</summary>
    private static bool Drifts(DriftMonitor monitor, string workflow = "math") =>
        Enumerable.Range(0, 200).Any(_ => monitor.Observe(workflow, "Select", s_nano, TimeSpan.FromSeconds(3), 0).Count > 0);

    private static PlanCell Cell(string node, Setting setting, double seconds) => new(node, setting, seconds, 1.5 * seconds) { Samples = 1000 };

    private static WorkflowPlan Plan(params PlanCell[] cells) => Plans.Of("DetailedSolver=nano@0").WithCells(cells);

    /// <summary>Plans handed out one after another; the last one stays.</summary>
    private sealed class GivenPlans : IPlanSource
    {
        private WorkflowPlan? _last;

        public Queue<WorkflowPlan?> Next { get; } = [];

        public WorkflowPlan? Find(WorkflowGraph graph) => Next.TryDequeue(out var next) ? _last = next : _last;
    }
}
