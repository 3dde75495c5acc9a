using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using FlowCompile.Compilation.Benchmarks;

// 'losses' says what the growth benchmarks compile to; anything else goes to BenchmarkDotNet.
if (args is ["losses"])
{
    Losses.Write(Console.Out);
    return;
}

var config = DefaultConfig.Instance
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default);
BenchmarkSwitcher.FromAssembly(typeof(GrowthBenchmarks).Assembly).Run(args, config);
