namespace FlowCompile.Compilation;

/// <summary>One vertex of a <see cref="Circuit"/>: an output that can be right or wrong, and the calls that make it.</summary>
internal sealed record CircuitVertex
{
    /// <summary>What runs here.</summary>
    public required VertexKind Kind { get; init; }

    /// <summary>The node of the graph whose calls these are; -1 for a gate and for what a reduction has put together.</summary>
    public int Node { get; init; } = -1;

    /// <summary>How many calls: replicas, or for a repairer the most attempts.</summary>
    public int Calls { get; init; } = 1;

    /// <summary>How many candidates it is where a candidate list counts: its replicas.</summary>
    public int Branches { get; init; } = 1;

    /// <summary>Whether any right input will do; otherwise all must be right.</summary>
    public bool IsAny { get; init; }

    /// <summary>The vertices that it waits for and whose rightness its own depends on, each once. A repairer's target is not among them.</summary>
    public required int[] Inputs { get; init; }

    /// <summary>Of a repairer, the vertex whose value it repairs; otherwise -1.</summary>
    public int Target { get; init; } = -1;

    /// <summary>When it runs, for a conditional node.</summary>
    public RouterCondition? Condition { get; init; }

    /// <summary>The vertex that is its candidate list, if that has a minimum above 1: with a single candidate the call is not made.</summary>
    public int List { get; init; } = -1;

    /// <summary>The minimum of the candidate list.</summary>
    public int MinBranches { get; init; } = 1;
}
