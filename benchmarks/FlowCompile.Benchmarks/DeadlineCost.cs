using System.Diagnostics;
using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Tests.Run.Golden.Planned;

namespace FlowCompile.Benchmarks;

/// <summary>
/// What a deadline costs a run by a plan of 400 configurations, with models that return at once: before each call of a sub-agent it chooses anew, and
/// works out how long the call may take.
/// </summary>
internal static class DeadlineCost
{
    private const int Configurations = 400;
    private const int RunsATurn = 20;
    private const string Problem = "ann has 21 books . then ann has twice as many books . how many books does ann have now ?";
    private static readonly string[] s_models = ["nano", "micro", "mini"];
    private static readonly int[] s_budgets = [0, 16, 64];

    public static async Task RunAsync()
    {
        var model = new InstantModel();
        var workflow = new MathWorkflow
        {
            Models = new ModelCatalog().Add("nano", model).Add("micro", model, leaveOpen: true).Add("mini", model, leaveOpen: true),
        };
        var plan = Plan(new Random(1));
        (string Name, RunOptions Options)[] ways =
        [
            ("no deadline", new RunOptions { Plan = plan }),
            ("a deadline", new RunOptions { Plan = plan, Deadline = TimeSpan.FromMinutes(10) }),
            ("a deadline, one call after another", new RunOptions { Plan = plan, Deadline = TimeSpan.FromMinutes(10), Sequential = true }),
        ];
        var (times, bytes, calls) = (new double[ways.Length], new long[ways.Length], 0);
        Array.Fill(times, double.MaxValue);
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(20))
        {
            for (var i = 0; i < ways.Length; i++)
            {
                for (var run = 0; run < RunsATurn; run++)
                {
                    var (allocated, start) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
                    var result = await workflow.RunAsync(Problem, Preference.MostAccurate, ways[i].Options).ConfigureAwait(false);
                    times[i] = Math.Min(times[i], Stopwatch.GetElapsedTime(start).TotalMicroseconds);
                    bytes[i] = GC.GetAllocatedBytesForCurrentThread() - allocated;
                    calls = result.Calls.Count;
                }
            }
        }

        Console.WriteLine(FormattableString.Invariant($"{Configurations} configurations, {calls} calls a run; the quickest run of each"));
        Console.WriteLine("| | microseconds a run | bytes a run | more a call, microseconds |");
        Console.WriteLine("|---|---|---|---|");
        for (var i = 0; i < ways.Length; i++)
        {
            // The first choice is counted with those before each call.
            var more = FormattableString.Invariant($"{(times[i] - times[0]) / calls:0.0}");
            Console.WriteLine(FormattableString.Invariant($"| {ways[i].Name} | {times[i]:0.0} | {bytes[i]} | {more} |"));
        }
    }

    /// <summary>A plan of random structures and settings, of which the most accurate makes all calls.</summary>
    private static WorkflowPlan Plan(Random random)
    {
        var graph = MathWorkflow.Graph;
        var structures = new StructureSpace(graph).Enumerate().ToList();
        var cells = graph.Nodes.Where(node => node.Kind == NodeKind.SubAgent).SelectMany(node => s_models.SelectMany((model, size) =>
            s_budgets.Select(budget => new PlanCell(node.Name, new Setting(model, budget), (size + 1) * (budget + 10) / 1000.0, (size + 1) * (budget + 20) / 1000.0)))).ToList();
        var drawn = Enumerable.Range(0, Configurations).Select(i =>
        {
            var structure = i == 0 ? new StructureSpace(graph).Largest : structures[random.Next(structures.Count)];
            Setting?[] settings = [.. graph.Nodes.Select((node, at) => node.Kind == NodeKind.SubAgent && structure.IsActive(at)
                ? cells.Where(cell => cell.Node == node.Name).ElementAt(random.Next(9)).Setting
                : (Setting?)null)];
            var latency = settings.Select((setting, at) => setting is { } one ? structure.Counts[at] * cells.First(cell => cell.Node == graph.Nodes[at].Name && cell.Setting == one).LatencySeconds : 0).Sum();
            return (Structure: structure, Settings: settings, Latency: latency, Accuracy: i == 0 ? 1 : random.NextDouble());
        }).OrderBy(one => one.Latency).ToList();
        return new WorkflowPlan("math", graph.Hash, "independent", "parallel", [.. drawn.Select((one, i) => new WorkflowConfiguration(
            $"c{i + 1:000}", one.Structure, one.Settings, new Estimate { Accuracy = one.Accuracy, LatencySeconds = one.Latency }))], null)
        {
            Cells = cells,
        };
    }
}
