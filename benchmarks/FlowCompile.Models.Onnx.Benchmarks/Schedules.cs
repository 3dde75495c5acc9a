using System.Diagnostics;
using FlowCompile.Plans;
using WordMath;

namespace FlowCompile.Models.Onnx.Benchmarks;

/// <summary>One workflow run under three schedules: each node as soon as its inputs are there, a barrier after each level, and one call after another.</summary>
internal static class Schedules
{
    // Of the plan's configurations in which every solver works, the fastest, one in the middle and the most accurate.
    private static readonly IReadOnlyList<WorkflowConfiguration> s_configurations =
        [.. MathWorkflow.Plan.Configurations.Where(one => one.Structure.Counts.All(count => count > 0))];

    public static async Task RunAsync(int cases)
    {
        using var models = OnnxModels.Load(Sample.Settings);
        var workflow = new MathWorkflow { Models = models };
        var problems = Sample.Problems(cases);
        Console.WriteLine("| configuration | runs | parallel, ms mean (p95) | barrier per level | sequential | barrier / parallel | sequential / parallel |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var configuration in new[] { s_configurations[0], s_configurations[s_configurations.Count / 2], s_configurations[^1] }.Distinct())
        {
            await MeasureAsync(workflow, configuration, problems.Take(3)); // warms up
            var (parallel, barrier, sequential) = await MeasureAsync(workflow, configuration, problems);
            Console.WriteLine(FormattableString.Invariant(
                $"| {configuration.Id} | {cases} | {Text(parallel)} | {Text(barrier)} | {Text(sequential)} | {barrier.Average() / parallel.Average():0.00} | {sequential.Average() / parallel.Average():0.00} |"));
        }
    }

    // Each problem under the three in turn: what else the machine does hits them alike.
    private static async Task<(List<double> Parallel, List<double> Barrier, List<double> Sequential)> MeasureAsync(
        MathWorkflow workflow, WorkflowConfiguration configuration, IEnumerable<string> problems)
    {
        var superstep = new SuperstepRun(workflow, workflow.Models, configuration);
        var (parallel, barrier, sequential) = (new List<double>(), new List<double>(), new List<double>());
        foreach (var problem in problems)
        {
            parallel.Add(await TimeAsync(() => workflow.RunAsync(problem, configuration)));
            barrier.Add(await TimeAsync(() => superstep.RunAsync([problem])));
            sequential.Add(await TimeAsync(() => workflow.RunAsync(problem, configuration, new RunOptions { Sequential = true })));
        }

        return (parallel, barrier, sequential);
    }

    private static async Task<double> TimeAsync(Func<Task> run)
    {
        var start = Stopwatch.GetTimestamp();
        await run();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static string Text(List<double> times) =>
        FormattableString.Invariant($"{times.Average():0.0} ({times.Order().ElementAt((int)Math.Ceiling(times.Count * 0.95) - 1):0.0})");
}
