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

    /// <summary>Whether it is the candidate list of a node: without candidates the node has no output, but waits for its other inputs all the same.</summary>
    public bool IsList { get; init; }

    /// <summary>The vertices whose rightness its own depends on, each once. A repairer's target is not among them.</summary>
    public required int[] Inputs { get; init; }

    /// <summary>
    /// The vertices that it waits for, in the order in which generated code does, each once: its router, its inputs, what it repairs, and its
    /// test. It waits no longer at the first that leaves it without output (<see cref="CircuitCourse"/>).
    /// </summary>
    public required int[] Waits { get; init; }

    /// <summary>Of a conditional node, the vertex of its router; otherwise -1.</summary>
    public int Router { get; init; } = -1;

    /// <summary>Of a repairer, the vertex whose value it repairs; otherwise -1.</summary>
    public int Target { get; init; } = -1;

    /// <summary>Whether it is an attempt of the same repair loop as its target.</summary>
    public bool IsNextAttempt { get; init; }

    /// <summary>When it runs, for a conditional node.</summary>
    public RouterCondition? Condition { get; init; }

    /// <summary>The vertex that is its candidate list, if that has a minimum above 1: with a single candidate the call is not made.</summary>
    public int List { get; init; } = -1;

    /// <summary>The minimum of the candidate list.</summary>
    public int MinBranches { get; init; } = 1;

    /// <summary>Whether it hands a single candidate on below that minimum: candidates are of its own type. Otherwise it has no output then.</summary>
    public bool HandsOn { get; init; } = true;
}
