using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile;

/// <summary>
/// Which nodes of a run under one configuration mean the same under another: same setting, same upstreams, and those mean the same too.
/// What such a node has done or is doing need not be done again.
/// </summary>
internal sealed class ConfigurationFit
{
    private readonly WorkflowGraph _graph;
    private readonly WorkflowConfiguration _from;
    private readonly WorkflowConfiguration _to;
    private readonly ResolvedInputs _old;
    private readonly ResolvedInputs _now;
    private readonly EndedList?[]? _lists;
    private readonly int[]? _groups;
    private readonly bool[] _same;
    private readonly bool[]? _ended; // by the node that has a candidate list, whether that has ended under both

    /// <summary>Compares two configurations.</summary>
    /// <param name="graph">The graph of both.</param>
    /// <param name="from">The configuration of the run.</param>
    /// <param name="to">The other.</param>
    /// <param name="isSound">Whether a node of the run, by index, has not failed.</param>
    /// <param name="lists">By the node that has it, how a candidate list of the run ended early; <see langword="null"/> where none did.</param>
    /// <param name="groups">For each node the list that it works for (<see cref="StopGroups"/>).</param>
    public ConfigurationFit(
        WorkflowGraph graph, WorkflowConfiguration from, WorkflowConfiguration to, Func<int, bool> isSound, EndedList?[]? lists, int[]? groups)
    {
        _graph = graph;
        _from = from;
        _to = to;
        _old = ResolvedInputs.Get(graph, from);
        _now = ResolvedInputs.Get(graph, to);
        _lists = lists;
        _groups = groups;
        _same = new bool[graph.Nodes.Count];

        // A list has ended under the other configuration too where that has the candidates that agreed. Where it has not, what was stopped for it
        // has to be called, and all others are compared anew.
        _ended = lists is null ? null : [.. lists.Select((list, reader) => list is not null && to.Structure.IsActive(reader))];
        do
        {
            foreach (var node in graph.Order)
            {
                _same[node] = (isSound(node) || HasEnded(node)) && Means(node);
            }
        }
        while (_ended is not null && TakesBackAnEnd());
    }

    /// <summary>Whether a node means the same under both.</summary>
    public bool IsSame(int node) => _same[node];

    /// <summary>Whether the candidate list of a node has ended early under both.</summary>
    public bool HasEndedList(int node) => _ended?[node] ?? false;

    /// <summary>Whether a node works for a list that has ended early under both: what it has not done is not needed.</summary>
    public bool HasEnded(int node) => _ended is not null && _groups![node] is >= 0 and var reader && (_ended[reader] || HasEnded(reader));

    private bool Means(int node)
    {
        var declared = _graph.Nodes[node];
        if (!_from.Structure.IsActive(node)
            || !_to.Structure.IsActive(node)
            || !HasSameSettings(node)
            || (declared.Repair is not null && _from.Structure.Counts[node] != _to.Structure.Counts[node]))
        {
            return false;
        }

        for (var input = 0; input < declared.Inputs.Count; input++)
        {
            if (!HasSameSources(node, input, declared.Inputs[input].Kind == InputKind.Candidates))
            {
                return false;
            }
        }

        return AreSame(_old.ControlsOf(node), _now.ControlsOf(node), isList: false);
    }

    /// <summary>Whether the calls that a node has under both have the same settings.</summary>
    private bool HasSameSettings(int node)
    {
        if (_from.Settings[node] is not { } old || _to.Settings[node] is not { } now)
        {
            return _from.Settings[node] == _to.Settings[node];
        }

        var calls = Math.Min(_from.Structure.Counts[node], _to.Structure.Counts[node]);
        return (old.IsUniform && now.IsUniform) ? old == now : Enumerable.Range(0, calls).All(call => old[call] == now[call]);
    }

    private bool TakesBackAnEnd()
    {
        for (var reader = 0; reader < _ended!.Length; reader++)
        {
            if (_ended[reader] && !_lists![reader]!.Agreed.All(candidate => PositionOf(candidate, reader) >= 0))
            {
                _ended[reader] = false;
                return true;
            }
        }

        return false;
    }

    private bool HasSameSources(int node, int input, bool isList)
    {
        if (isList && _lists?[node] is { } list)
        {
            // It ran with those that were there, whatever else the list would have had.
            var positions = list.Present.Select(candidate => PositionOf(candidate, node)).ToList();
            return HasEndedList(node) && positions.TrueForAll(position => position >= 0) && positions.Order().SequenceEqual(positions);
        }

        return AreSame(_old.SourcesOf(node, input), _now.SourcesOf(node, input), isList);
    }

    /// <summary>Where a candidate's node is in a list under the other configuration; -1 where it is not as it was.</summary>
    private int PositionOf((int Node, int Replica) candidate, int reader) =>
        candidate.Node >= 0 && (!_same[candidate.Node] || candidate.Replica >= _to.Structure.Counts[candidate.Node])
            ? -1
            : Array.IndexOf(_now.SourcesOf(reader, ListOf(_graph.Nodes[reader])), candidate.Node);

    private static int ListOf(GraphNode reader) => reader.Inputs.TakeWhile(input => input.Kind != InputKind.Candidates).Count();

    private bool AreSame(int[] old, int[] now, bool isList)
    {
        if (!old.AsSpan().SequenceEqual(now))
        {
            return false;
        }

        foreach (var source in now)
        {
            if (source >= 0 && (!_same[source] || (isList && _from.Structure.Counts[source] != _to.Structure.Counts[source])))
            {
                return false;
            }
        }

        return true;
    }
}
