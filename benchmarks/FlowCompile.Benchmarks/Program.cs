using System.Globalization;
using BenchmarkDotNet.Running;
using FlowCompile.Benchmarks;

switch (args.FirstOrDefault())
{
    case "ratio":
        await RunRatio.RunAsync();
        break;
    case "at-once":
        await AtOnce.RunAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10_000);
        break;
    case "deadline":
        await DeadlineCost.RunAsync();
        break;
    default:
        BenchmarkSwitcher.FromTypes([typeof(RunBenchmarks), typeof(SelectBenchmarks)]).Run(args);
        break;
}
