using System.Diagnostics;
using System.Globalization;
using FlowCompile.Deployment;
using FlowCompile.Deployment.Benchmarks;

// 'oracle [count] [from]' compares random deployments with trying everything; without arguments, times and memory are measured.
if (args is ["oracle", ..])
{
    return await OracleRun.WriteAsync(
        Console.Out,
        count: args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 2000,
        from: args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 10_000);
}

using var process = Process.GetCurrentProcess();
var deployments = new DeploymentSolver();
var small = RandomDeployment.Workflows(1, 40);
await MeasureAsync("first frontier of one workflow by 40", small, 0, repetitions: 1);
await MeasureAsync("the next ones, warm", small, 0, repetitions: 5);
await MeasureAsync("three workflows by 100", RandomDeployment.Workflows(3, 100), 0.02, repetitions: 1);
process.Refresh();
Console.WriteLine(FormattableString.Invariant($"peak memory: {process.PeakWorkingSet64 >> 20} MiB"));
return 0;

// The processor time counts where something else runs on the machine.
async Task MeasureAsync(string name, IReadOnlyList<DeploymentWorkflow> workflows, double step, int repetitions)
{
    var (solved, start, processor) = (deployments.Solved, Stopwatch.GetTimestamp(), process.TotalProcessorTime);
    IReadOnlyList<DeploymentChoice> frontier = [];
    for (var i = 0; i < repetitions; i++)
    {
        frontier = await deployments.FindFrontierAsync(workflows, RandomDeployment.Limits, step);
    }

    var elapsed = Stopwatch.GetElapsedTime(start);
    process.Refresh();
    processor = process.TotalProcessorTime - processor;
    solved = deployments.Solved - solved;
    Console.WriteLine(FormattableString.Invariant(
        $"{name}: {elapsed.TotalSeconds / repetitions:0.000} s a frontier ({processor.TotalSeconds / repetitions:0.000} of the processor), {elapsed.TotalMilliseconds / solved:0.00} ms a solve ({processor.TotalMilliseconds / solved:0.00}); {frontier.Count} deployments, from {frontier[0].Accuracy:0.000000} in {frontier[0].LatencySeconds:0.000000} s to {frontier[^1].Accuracy:0.000000} in {frontier[^1].LatencySeconds:0.000000} s"));
}
