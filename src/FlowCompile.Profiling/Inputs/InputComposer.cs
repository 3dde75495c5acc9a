using FlowCompile.Graph;

namespace FlowCompile.Profiling;

/// <summary>
/// Puts inputs together for what the reference runs did not show: for each sub-agent and case inputs that are right and inputs that are
/// wrong, and for a selector lists with other numbers of candidates and of right ones. They are made of outputs that were recorded on
/// the case, under whatever setting.
/// </summary>
internal sealed class InputComposer
{
    // A tool can turn what looked right into wrong; so many courses are tried before a kind is given up.
    private const int Tries = 4;
    private readonly ProfileContext _context;
    private readonly NodeJson _json;
    private readonly Scorer _scorer;
    private readonly NearestSubAgents _nearest;
    private readonly Dictionary<int, CandidateLists> _lists;

    public InputComposer(ProfileContext context, NodeJson json, Scorer scorer)
    {
        var graph = context.Descriptor.Graph;
        (_context, _json, _scorer) = (context, json, scorer);
        _nearest = new NearestSubAgents(graph, context.Largest);

        // Lists are composed of outputs of sub-agents; where a tool is among the candidates, what the reference runs showed must do.
        _lists = context.SubAgents
            .Where(node => context.Largest.IsActive(node) && graph.Nodes[node].Candidates is not null)
            .Select(node => (Node: node, Lists: new CandidateLists(graph, context.Largest, node)))
            .Where(pair => pair.Lists.Sources.All(source => graph.Nodes[source].Kind == NodeKind.SubAgent))
            .ToDictionary(pair => pair.Node, pair => pair.Lists);
    }

    /// <summary>Composes the inputs of a sub-agent on a case.</summary>
    /// <param name="one">The case.</param>
    /// <param name="node">The sub-agent's index.</param>
    /// <param name="known">The inputs it has already, and where they come from.</param>
    /// <param name="recorded">The outputs recorded on the case, by sub-agent.</param>
    /// <param name="cancellationToken">Stops the tools that are run on the way.</param>
    public async Task<List<ComposedInputs>> ComposeAsync(
        WorkflowCase one,
        int node,
        IReadOnlyList<(InputVariant Variant, JudgedInputs Judged)> known,
        Func<int, IReadOnlyList<RecordedOutput>> recorded,
        CancellationToken cancellationToken)
    {
        var composed = new List<ComposedInputs>();
        if (!_context.Largest.IsActive(node))
        {
            return composed;
        }

        if (_context.Descriptor.Graph.Nodes[node].Candidates is not null)
        {
            if (_lists.TryGetValue(node, out var lists))
            {
                await ComposeListsAsync(lists).ConfigureAwait(false);
            }

            return composed;
        }

        foreach (var right in new[] { true, false })
        {
            if (known.All(inputs => inputs.Judged.AllRight != right))
            {
                await ComposeKindAsync(right).ConfigureAwait(false);
            }
        }

        return composed;

        async Task ComposeKindAsync(bool right)
        {
            foreach (var course in Courses(one, node, right, recorded).Take(Tries))
            {
                if (await ReachAsync(course).ConfigureAwait(false) is { } inputs && inputs.Judged.AllRight == right)
                {
                    composed.Add(inputs);
                    return;
                }
            }
        }

        async Task ComposeListsAsync(CandidateLists lists)
        {
            var before = known.Count(inputs => inputs.Variant == InputVariant.Composed);
            foreach (var wanted in lists.Wanted(one).Where(wanted => !known.Any(inputs => (inputs.Judged.Candidates, inputs.Judged.RightCandidates) == wanted)))
            {
                if (before + composed.Count >= _context.Options.SelectorVariants)
                {
                    return;
                }

                // What a selector takes beside its candidates comes from wherever it can be had.
                var rest = _nearest.Of(node).Except(lists.Sources).Select(source => (source, recorded(source).MinBy(output => output.Rank(one.Hash), StringComparer.Ordinal)));
                if (lists.Choose(one, wanted, recorded) is { } list
                    && await ReachAsync(list.Concat(rest.Where(pair => pair.Item2 is not null)!)).ConfigureAwait(false) is { } inputs
                    && (inputs.Judged.Candidates, inputs.Judged.RightCandidates) == wanted)
                {
                    composed.Add(inputs);
                }
            }
        }

        Task<ComposedInputs?> ReachAsync(IEnumerable<(int Source, RecordedOutput Output)> outputs)
        {
            var world = new CaseWorld(_context, _json, _scorer, one);
            foreach (var (source, output) in outputs)
            {
                world.Add(source, output);
            }

            return world.ReachAsync(node, cancellationToken);
        }
    }

    /// <summary>
    /// Courses that may give a node right or wrong inputs, in an order of the case's own. All sub-agents of a course run under the same
    /// setting where they share it, so that what goes wrong together does so here.
    /// </summary>
    private IEnumerable<List<(int Source, RecordedOutput Output)>> Courses(
        WorkflowCase one, int node, bool right, Func<int, IReadOnlyList<RecordedOutput>> recorded)
    {
        var sources = _nearest.Of(node);
        if (sources.Count == 0)
        {
            return right ? [[]] : [];
        }

        var purpose = $"{one.Hash} {_context.Descriptor.Graph.Nodes[node].Name} {right}";
        return recorded(sources[0])
            .Select(first => sources.Select(source => (source, source == sources[0] ? first : Partner(recorded(source), first))).ToList())
            .Where(course => course.TrueForAll(pair => pair.Item2 is not null) && course.TrueForAll(pair => pair.Item2!.IsRight) == right)
            .OrderBy(course => course[0].Item2!.Rank(purpose), StringComparer.Ordinal)!;
    }

    private static RecordedOutput? Partner(IReadOnlyList<RecordedOutput> outputs, RecordedOutput first) =>
        outputs.FirstOrDefault(output => output.Setting == first.Setting) ?? outputs.MinBy(output => output.Rank(first.Output), StringComparer.Ordinal);
}
