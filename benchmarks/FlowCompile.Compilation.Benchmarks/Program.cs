using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using FlowCompile.Compilation.Benchmarks;
using FlowCompile.Compilation.Tests.KnownTruth;

// 'losses' says what the growth benchmarks compile to, 'ablation' what they do without critical paths, 'worlds' how far plans are off where the truth is
// known, 'recorded' the same where real models have answered, 'calls' what a setting for each call brings, 'oracle' whether random graphs compile to what a brute force says; anything else goes to BenchmarkDotNet.
switch (args)
{
    case ["losses"]:
        Losses.Write(Console.Out);
        return;
    case ["ablation"]:
        CriticalPathAblation.Write(Console.Out);
        return;
    case ["worlds", ..]:
        Worlds.Write(
            Console.Out,
            plans: args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1_000,
            kinds: args.Length > 2 ? args[2..].Select(Enum.Parse<KnownWorldKind>) : Enum.GetValues<KnownWorldKind>());
        return;
    case ["recorded", var folder, ..]:
        RecordedBias.Write(Console.Out, folder, plans: args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 40);
        return;
    case ["calls", ..]:
        Calls.Write(Console.Out, args.ElementAtOrDefault(2), draws: args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 4);
        return;
    case ["oracle", ..]:
        Environment.ExitCode = OracleRun.Write(
            Console.Out,
            count: args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20_000,
            from: args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1_000,
            seconds: args.Length > 3 ? double.Parse(args[3], CultureInfo.InvariantCulture) : double.PositiveInfinity);
        return;
}

var config = DefaultConfig.Instance
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default);
BenchmarkSwitcher.FromAssembly(typeof(GrowthBenchmarks).Assembly).Run(args, config);
