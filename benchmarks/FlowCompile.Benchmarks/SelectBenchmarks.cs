using BenchmarkDotNet.Attributes;
using FlowCompile.Plans;

namespace FlowCompile.Benchmarks;

/// <summary>
/// Choosing among 400 configurations: for each kind of preference a thousand different ones in turn, so that no branch is foreseen. All of them
/// can be kept.
/// </summary>
[MemoryDiagnoser]
public class SelectBenchmarks
{
    private const int Preferences = 1024;
    private readonly Preference[][] _preferences = new Preference[Enum.GetValues<SelectKind>().Length][];
    private WorkflowPlan _plan = null!;

    /// <summary>The shape of the frontier.</summary>
    [Params(SelectFrontier.Concave, SelectFrontier.Scattered)]
    public SelectFrontier Frontier { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _plan = SelectPlans.Of(Frontier, random);
        foreach (var kind in Enum.GetValues<SelectKind>())
        {
            _preferences[(int)kind] = SelectPlans.Preferences(kind, _plan, Preferences, random);
        }
    }

    [Benchmark(OperationsPerInvoke = Preferences)]
    public int Weight() => Select(SelectKind.Weight);

    [Benchmark(OperationsPerInvoke = Preferences)]
    public int MeanLatency() => Select(SelectKind.MeanLatency);

    [Benchmark(OperationsPerInvoke = Preferences)]
    public int P95Latency() => Select(SelectKind.P95Latency);

    [Benchmark(OperationsPerInvoke = Preferences)]
    public int LatencyAndAccuracy() => Select(SelectKind.LatencyAndAccuracy);

    [Benchmark(OperationsPerInvoke = Preferences)]
    public int CheapestWithinP95() => Select(SelectKind.CheapestWithinP95);

    [Benchmark(OperationsPerInvoke = Preferences)]
    public int ChebyshevWithinP95() => Select(SelectKind.ChebyshevWithinP95);

    [Benchmark(OperationsPerInvoke = Preferences)]
    public int AllLimits() => Select(SelectKind.AllLimits);

    private int Select(SelectKind kind)
    {
        var sum = 0;
        foreach (ref readonly var preference in _preferences[(int)kind].AsSpan())
        {
            sum += _plan.Select(preference).Id.Length;
        }

        return sum;
    }
}
