using BenchmarkDotNet.Attributes;
using FlowCompile.Graph;

namespace FlowCompile.Compilation.Benchmarks;

/// <summary>The paired proxy on recorded calls: 10,000 candidates re-estimated over 500 cases, and a whole compilation over 200 cases with its proof.</summary>
public class PairedBenchmarks
{
    private const int Candidates = 10_000;
    private ProfileTable? _many;
    private ProfileTable? _profile;
    private PairedProxy? _proxy;
    private List<Candidate>? _candidates;

    [GlobalSetup]
    public void Create()
    {
        _profile = RecordedMath.Create(cases: 200);
        _many = RecordedMath.Create(cases: 500);
        _proxy = new PairedProxy(_many.Recorded!, Schedule.Parallel);
        var random = new Random(3);
        List<WorkflowStructure> structures = [.. new StructureSpace(_many.Graph).Enumerate()];
        _candidates = [.. Enumerable.Range(0, Candidates).Select(_ => Any(structures[random.Next(structures.Count)], random))];
    }

    [Benchmark]
    public double Reestimate()
    {
        var best = 0.0;
        foreach (var candidate in _candidates!)
        {
            best = Math.Max(best, _proxy!.Evaluate(candidate.Structure, candidate.Settings).Accuracy);
        }

        return best;
    }

    [Benchmark]
    public int Compile() => FlowCompiler.Compile(_profile!).Plan.Configurations.Count;

    private Candidate Any(WorkflowStructure structure, Random random) => new(structure, [.. _many!.Graph.Nodes.Select((_, node) =>
        structure.IsActive(node) ? _many.Of(node)[random.Next(_many.Of(node).Count)].Setting : (Setting?)null)]);
}
