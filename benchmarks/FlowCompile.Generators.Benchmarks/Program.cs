using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using FlowCompile.Generators.Benchmarks;

// 'processor' says what processor time each takes, on which a busy machine has little influence; anything else goes to BenchmarkDotNet.
if (args is ["processor"])
{
    var benchmarks = new GeneratorBenchmarks();
    benchmarks.Open();
    Processor("cold", 5, benchmarks.Cold);
    Processor("keystroke in a body", 500, benchmarks.KeystrokeInABody);
    Processor("keystroke in a declaration", 20, benchmarks.KeystrokeInADeclaration);
    return;
}

// 'plan 10000' says what a plan of so many configurations adds to a build and to the start of a program.
if (args is ["plan", .. var sizes] && sizes.Length > 0)
{
    LargePlan.Run([.. sizes.Select(size => int.Parse(size, CultureInfo.InvariantCulture))]);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(GeneratorBenchmarks).Assembly).Run(args, DefaultConfig.Instance
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default));

static void Processor(string name, int runs, Func<object> run)
{
    for (var i = 0; i < runs; i++)
    {
        run();
    }

    var before = Environment.CpuUsage.TotalTime;
    for (var i = 0; i < runs; i++)
    {
        run();
    }

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {(Environment.CpuUsage.TotalTime - before).TotalMilliseconds / runs:0.00} ms"));
}
