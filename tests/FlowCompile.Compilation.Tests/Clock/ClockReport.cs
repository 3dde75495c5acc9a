using System.Globalization;
using FlowCompile.Compilation.Tests.Oracle;
using FlowCompile.Graph;

namespace FlowCompile.Compilation.Tests.Clock;

/// <summary>What came of comparing estimates with runs.</summary>
internal sealed class ClockReport
{
    // So few graphs need not have what is rare.
    private const GraphTraits Rare = GraphTraits.OptionalRouter | GraphTraits.ConditionalRouter | GraphTraits.RepairOfBranch | GraphTraits.ListAndUpstream | GraphTraits.SelectorReplicas
        | GraphTraits.RepairWithHelp | GraphTraits.RepairWithList | GraphTraits.SameSettings | GraphTraits.OtherType;

    private readonly Dictionary<GraphTraits, int> _traits = Enum.GetValues<GraphTraits>().Where(trait => trait != GraphTraits.None).ToDictionary(trait => trait, _ => 0);
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly List<ClockCheck> _different = [];

    /// <summary>Whether estimates and runs agree.</summary>
    public bool IsSame => _different.Count == 0;

    /// <summary>What there was none of.</summary>
    public IReadOnlyList<string> Missing => [.. _traits.Where(trait => trait.Value == 0 && !Rare.HasFlag(trait.Key)).Select(trait => trait.Key.ToString()), .. _counts.Where(count => count.Value == 0).Select(count => count.Key)];

    /// <summary>Compares random workflows and the written one.</summary>
    /// <param name="from">The first seed.</param>
    /// <param name="count">The number of random workflows.</param>
    public static ClockReport Of(int from, int count)
    {
        var graphs = Enumerable.Range(from, count).ToDictionary(seed => seed, seed => WorkflowSource.Prepare(GraphMaker.Make(seed), string.Create(CultureInfo.InvariantCulture, $"Random{seed}")));

        // The compiler may want more than one worker.
        var descriptors = WorkflowAssembly.Load([WrittenWorkflow.Graph, .. graphs.Values]);
        return SingleWorker.Run(() => OfAsync(graphs, descriptors));
    }

    public override string ToString() => string.Join(Environment.NewLine, [
        .. _different.Take(5).Select(check => check.Describe()),
        .. _counts.Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key,-34}{count.Value,9:N0}")),
        .. _traits.Select(trait => string.Create(CultureInfo.InvariantCulture, $"  {trait.Key,-32}{trait.Value,9:N0}")),
        $"different: {(IsSame ? "none" : string.Join(" ", _different.Select(check => check.Graph.Name)))}",
    ]);

    private static async Task<ClockReport> OfAsync(Dictionary<int, WorkflowGraph> graphs, IReadOnlyDictionary<string, WorkflowDescriptor> descriptors)
    {
        var report = new ClockReport();
        await WrittenWorkflow.CheckAsync(descriptors[WrittenWorkflow.Graph.Name]);
        foreach (var (seed, graph) in graphs)
        {
            if (descriptors.TryGetValue(graph.Name, out var descriptor))
            {
                report.Add(await ClockCheck.OfAsync(descriptor, seed));
            }
        }

        return report;
    }

    private void Add(ClockCheck check)
    {
        if (check.Found.Count > 0)
        {
            _different.Add(check);
        }

        Count("workflows", 1);
        Count("runs", check.Runs);
        Count("paired estimates", check.PairedEstimates);
        Count("independent estimates", check.IndependentEstimates);
        Count("runs without output", check.Ends.NoOutput);
        Count("runs in which a node failed", check.Ends.Threw);
        Count("runs that ended before their calls", check.EndedEarly);
        foreach (var trait in _traits.Keys.Where(trait => GraphMaker.TraitsOf(check.Graph).HasFlag(trait)))
        {
            _traits[trait]++;
        }
    }

    private void Count(string what, int count) => _counts[what] = _counts.GetValueOrDefault(what) + count;
}
