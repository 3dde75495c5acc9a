using BenchmarkDotNet.Attributes;

namespace FlowCompile.Compilation.Benchmarks;

/// <summary>How compiling grows with the graph, where the default loss of at most 0.001 of accuracy is allowed.</summary>
public class GrowthBenchmarks
{
    private ProfileTable? _profile;

    [Params(Schedule.Sequential, Schedule.Parallel)]
    public Schedule Schedule { get; set; }

    [Params(Shape.Chain, Shape.ForkJoin, Shape.Ladder)]
    public Shape Shape { get; set; }

    [Params(10, 20, 40, 80)]
    public int Nodes { get; set; }

    [GlobalSetup]
    public void Create() => _profile = Shapes.Create(Shape, Nodes);

    [Benchmark]
    public int Compile() => FlowCompiler.Compile(_profile!, new CompileOptions { Schedule = Schedule }).Plan.Configurations.Count;
}
