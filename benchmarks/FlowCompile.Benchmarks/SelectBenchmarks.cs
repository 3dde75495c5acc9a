using BenchmarkDotNet.Attributes;
using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Tests.Run.Golden.Planned;

namespace FlowCompile.Benchmarks;

/// <summary>Choosing among 400 configurations on a concave frontier.</summary>
[MemoryDiagnoser]
public class SelectBenchmarks
{
    private readonly WorkflowPlan _plan;
    private readonly Preference _weight = Preference.Weighted(0.37);
    private readonly Preference _limits = Preference.Weighted(0.8) with { MaxLatency = TimeSpan.FromSeconds(3), MinAccuracy = 0.3 };

    public SelectBenchmarks()
    {
        var structure = WorkflowStructure.Create(MathWorkflow.Graph, [0, 0, 0, 1, 0, 0]);
        var settings = new Setting?[] { null, null, null, new Setting("nano", 0), null, null };
        _plan = new WorkflowPlan("math", MathWorkflow.Graph.Hash, "independent", "parallel", [.. Enumerable.Range(1, 400).Select(i =>
            new WorkflowConfiguration($"c{i:000}", structure, settings, new Estimate { Accuracy = Math.Sqrt(i / 400.0), LatencySeconds = i / 100.0 }))], null);
    }

    [Benchmark]
    public WorkflowConfiguration ByWeight() => _plan.Select(_weight);

    [Benchmark]
    public WorkflowConfiguration ByLimits() => _plan.Select(_limits);
}
