using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Profiling;
using FlowCompile.Profiling.TestHost;
using FlowCompile.Profiling.Testing;

namespace FlowCompile.Compilation.Tests;

/// <summary>A selector that is never called: nothing of it is measured, its settings multiply nothing, and estimates are what runs do.</summary>
public sealed class PassingProfileTests : IDisposable
{
    private const int Count = 70;
    private readonly string _folder = Directory.CreateTempSubdirectory("flowcompile-").FullName;

    private static WorkflowDescriptor Descriptor => Of<PassingWorkflow>();

    private static Setting[] All => [new("small", 0), new("big", 0)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Selector_that_is_never_called_is_neither_measured_nor_chosen()
    {
        var graph = Descriptor.Graph;
        var doubling = Doubling.Settings();
        var settings = doubling with
        {
            Budgets = [0],
            Workflows = [doubling.Workflows[0] with { Name = "passing", Reference = new Setting("big", 0), WeakReference = new Setting("small", 0) }],
        };
        using var models = new ModelCatalog().Add("small", new FakeModel("small", PassingWorkflow.Reply)).Add("big", new FakeModel("big", PassingWorkflow.Reply));
        using var store = ProfileStore.Open(Path.Combine(_folder, "store.db"));

        var summary = await new Profiler(Descriptor, models, settings, store, new ProfilerOptions { Concurrency = 4 }).RunAsync(Cases());

        Assert.Equal(0, summary.Failures);
        Assert.DoesNotContain(summary.Rows, row => row.Node == "Select");
        var space = new SettingSpace(Descriptor, settings);
        Assert.Empty(space.Of(graph.IndexOf("Select")));
        var profile = ProfileTable.From(graph, summary, space);
        Assert.Empty(profile.Incomplete);

        // Wrong answers of either branch come through the selector to what follows it.
        Assert.Contains(summary.Outcomes, one => one.Cell is { Node: "Final", InputsRight: false });
        var compiled = FlowCompiler.Compile(profile, new CompileOptions { KeepAll = true });
        Assert.Equal(8, compiled.Configurations);
        Assert.DoesNotContain(compiled.Plan.Configurations, one => one.ToText(graph).Contains("Select", StringComparison.Ordinal));
        Assert.Equal([BaselineKind.BestUniform, BaselineKind.Random], compiled.Baselines.Select(one => one.Kind));
        Assert.Equal("Even=big@0 Odd=big@0 Final=big@0", compiled.Baselines[0].Configuration.ToText(graph));

        var structure = new StructureSpace(graph).Largest;
        WorkflowConfiguration[] all =
        [
            .. from even in All
               from odd in All
               from final in All
               select new WorkflowConfiguration($"{even}-{odd}-{final}", structure, [null, even, odd, null, final]),
        ];
        foreach (var result in await new HeldOutTest(Descriptor, models).RunAsync(all, Cases()))
        {
            Assert.Equal(0, result.Failures);
            Assert.Equal(result.Accuracy.Value!.Value, new PairedProxy(profile.Recorded!, Schedule.Parallel).Estimate(result.Configuration).Accuracy, 0.03);
            Assert.InRange(new IndependentProxy(profile, Schedule.Parallel).Estimate(result.Configuration).Accuracy, 0.2, 1);
        }

        var explained = new FrontierExplainer(profile, new CompileOptions(), compiled).Explain("Even=big@0 Odd=big@0 Final=big@0");
        Assert.Equal(ConfigurationVerdict.OnFrontier, explained.Verdict);
    }

    private static WorkflowDescriptor Of<T>()
        where T : IWorkflow => T.Descriptor;

    private IReadOnlyList<WorkflowCase> Cases()
    {
        var path = Path.Combine(_folder, "cases.jsonl");
        File.WriteAllLines(path, Doubling.CaseLines(Count));
        return CaseFile.Read(path, Descriptor);
    }
}
