using BenchmarkDotNet.Attributes;

namespace FlowCompile.Compilation.Benchmarks;

/// <summary>Compiles the workflow that the published system enumerates in 61 s and 10.5 GB.</summary>
public class MathBenchmarks
{
    private ProfileTable? _profile;

    [Params(Schedule.Sequential, Schedule.Parallel)]
    public Schedule Schedule { get; set; }

    [GlobalSetup]
    public void Read() => _profile = PublishedMath.Read();

    [Benchmark]
    public int Compile() => FlowCompiler.Compile(_profile!, new CompileOptions { Schedule = Schedule }).Plan.Configurations.Count;
}
