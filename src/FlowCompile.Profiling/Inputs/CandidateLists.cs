using FlowCompile.Graph;

namespace FlowCompile.Profiling;

/// <summary>
/// Chooses candidate lists for a selector: for every number of candidates that a structure allows, and every number of right ones among
/// them, a list of outputs that were recorded on the case.
/// </summary>
internal sealed class CandidateLists
{
    private const int Tries = 8;
    private readonly WorkflowGraph _graph;
    private readonly List<int> _sources;
    private readonly int _least;
    private readonly string _name;

    /// <summary>Looks at a selector.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="structure">Its largest structure.</param>
    /// <param name="node">The selector's index.</param>
    public CandidateLists(WorkflowGraph graph, WorkflowStructure structure, int node)
    {
        _graph = graph;
        _name = graph.Nodes[node].Name;
        var input = graph.Nodes[node].Candidates!;
        _sources = [.. new StructureSpace(graph).ResolveSources(structure, node, input).Where(source => source >= 0)];
        _least = Math.Max(input.MinBranches, _sources.Sum(Least));
    }

    /// <summary>The nodes whose outputs are candidates.</summary>
    public IReadOnlyList<int> Sources => _sources;

    /// <summary>The numbers of candidates and of right ones among them, in an order of the case's own.</summary>
    /// <param name="one">The case.</param>
    public IReadOnlyList<(int Candidates, int Right)> Wanted(WorkflowCase one) =>
    [
        .. from candidates in Enumerable.Range(_least, Math.Max(0, _sources.Sum(Most) - _least + 1))
           from right in Enumerable.Range(0, candidates + 1)
           orderby ContentHash.Of("candidates-1", one.Hash, _name, Text(candidates), Text(right))
           select (candidates, right),
    ];

    /// <summary>Chooses a list.</summary>
    /// <param name="one">The case.</param>
    /// <param name="wanted">How many candidates, and how many of them right.</param>
    /// <param name="recorded">The outputs of each source; only those are asked for.</param>
    /// <returns>For each candidate in order its source and the output, or <see langword="null"/> where no such list can be had.</returns>
    public IReadOnlyList<(int Source, RecordedOutput Output)>? Choose(
        WorkflowCase one, (int Candidates, int Right) wanted, Func<int, IReadOnlyList<RecordedOutput>> recorded)
    {
        var purpose = FormattableString.Invariant($"{one.Hash} {_name} {wanted.Candidates} {wanted.Right}");
        var random = new Random(ContentHash.Seed("candidates", purpose));
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var slots = Slots(wanted.Candidates, random);
            var order = Enumerable.Range(0, slots.Count).ToArray();
            random.Shuffle(order);

            // Slots that can be nothing but right come first, those that can be nothing but wrong last.
            var right = order.OrderBy(slot => Rank(recorded(slots[slot]))).Take(wanted.Right).ToHashSet();
            var list = slots.Select((source, slot) => (source, Pick(recorded(source), right.Contains(slot), FormattableString.Invariant($"{purpose} {slot}")))).ToList();
            if (list.TrueForAll(candidate => candidate.Item2 is not null))
            {
                return list!;
            }
        }

        return null;
    }

    private List<int> Slots(int candidates, Random random)
    {
        var counts = _sources.ToDictionary(source => source, Least);
        for (var missing = candidates - counts.Values.Sum(); missing > 0; missing--)
        {
            var open = _sources.FindAll(source => counts[source] < Most(source));
            counts[open[random.Next(open.Count)]]++;
        }

        return [.. _sources.SelectMany(source => Enumerable.Repeat(source, counts[source]))];
    }

    private static int Rank(IReadOnlyList<RecordedOutput> outputs) =>
        outputs.All(output => output.IsRight) ? 0 : outputs.Any(output => output.IsRight) ? 1 : 2;

    private static RecordedOutput? Pick(IReadOnlyList<RecordedOutput> outputs, bool right, string purpose) =>
        outputs.Where(output => output.IsRight == right).MinBy(output => output.Rank(purpose), StringComparer.Ordinal);

    // A branch may not be taken, whatever the structure.
    private int Least(int source) => _graph.Nodes[source].Condition is not null || _graph.Nodes[source].Repair is not null
        ? (_graph.Nodes[source].Condition is null ? 1 : 0)
        : Math.Min(_graph.Nodes[source].MinCount, Most(source));

    private int Most(int source) => _graph.Nodes[source].IsReplicated ? _graph.Nodes[source].MaxReplicas : 1;

    private static string Text(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
