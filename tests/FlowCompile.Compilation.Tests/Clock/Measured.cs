using FlowCompile.Compilation.Tests.Oracle;
using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Compilation.Tests.Clock;

/// <summary>What runs of a configuration came to under a schedule.</summary>
/// <param name="Accuracy">How often they were right.</param>
/// <param name="Seconds">How long they took, in the mean.</param>
/// <param name="Cost">What they cost, in the mean.</param>
/// <param name="IsLeast">Whether time and cost may be more: a failure ended the run before calls that do not depend on it.</param>
internal sealed record Measured(double Accuracy, double Seconds, double Cost, bool IsLeast)
{
    /// <summary>What runs of one case came to.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="schedule">The schedule. Between barriers the calls are those of the sequential run.</param>
    /// <param name="sequential">The sequential run. It makes every call whose node gets its inputs, unless it fails.</param>
    /// <param name="parallel">The parallel run, where there was one.</param>
    public static Measured Of(WorkflowGraph graph, WorkflowConfiguration configuration, Schedule schedule, RunEnd sequential, RunEnd? parallel)
    {
        if (parallel is not null)
        {
            Assert.Equal((sequential.Output, sequential.Threw), (parallel.Output, parallel.Threw));
            Assert.True(sequential.Threw || parallel.Cost <= sequential.Cost + 1e-9, "A parallel run makes calls that a sequential one does not.");
        }

        return new Measured(
            sequential.IsRight ? 1 : 0,
            schedule switch
            {
                Schedule.Sequential => sequential.Seconds,
                Schedule.Parallel => parallel!.Seconds,
                _ => Superstep(graph, configuration, sequential.Calls),
            },
            sequential.Cost,
            sequential.Threw);
    }

    public static Measured Mean(IReadOnlyList<Measured> all) =>
        new(all.Average(one => one.Accuracy), all.Average(one => one.Seconds), all.Average(one => one.Cost), all.Any(one => one.IsLeast));

    /// <summary>The slowest node of each level: of its replicas the slowest, of repair attempts their sum.</summary>
    private static double Superstep(WorkflowGraph graph, WorkflowConfiguration configuration, IReadOnlyList<MadeCall> calls)
    {
        var levels = Structures.Run(graph, configuration.Structure.Counts)!.Levels;
        return calls.GroupBy(call => call.Node)
            .Select(node => (Level: levels[node.Key], Seconds: graph.Nodes[node.Key].Repair is null ? node.Max(call => call.Seconds) : node.Sum(call => call.Seconds)))
            .GroupBy(node => node.Level).Sum(level => level.Max(node => node.Seconds));
    }
}
