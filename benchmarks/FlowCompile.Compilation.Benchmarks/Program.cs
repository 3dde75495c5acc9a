using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using FlowCompile.Compilation.Benchmarks;

// 'losses' says what the growth benchmarks compile to, 'ablation' what they do without critical paths; anything else goes to BenchmarkDotNet.
switch (args)
{
    case ["losses"]:
        Losses.Write(Console.Out);
        return;
    case ["ablation"]:
        CriticalPathAblation.Write(Console.Out);
        return;
}

var config = DefaultConfig.Instance
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default);
BenchmarkSwitcher.FromAssembly(typeof(GrowthBenchmarks).Assembly).Run(args, config);
