namespace FlowCompile.Compilation;

/// <summary>
/// What a run does at the vertices of a circuit under one combination of the routers' outcomes, as generated code does it: a node waits for its
/// router and then for its inputs, one after another, and waits no longer once it cannot have an output. See docs/estimates.md.
/// </summary>
internal sealed class CircuitCourse
{
    private readonly Circuit _circuit;
    private readonly int[] _outcomes;

    /// <summary>Follows a run.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="outcomes">The outcome of each router.</param>
    public CircuitCourse(Circuit circuit, int[] outcomes)
    {
        (_circuit, _outcomes) = (circuit, outcomes);
        var count = circuit.Vertices.Count;
        (Present, Fails, Runs, HandsOn, Waited) = (new bool[count], new bool[count], new bool[count], new bool[count], new int[count]);
        for (var v = 0; v < count; v++)
        {
            var vertex = circuit.Vertices[v];
            Waited[v] = Array.FindIndex(vertex.Waits, wait => Fails[wait] || IsLastFor(vertex, wait)) is >= 0 and var last ? last + 1 : vertex.Waits.Length;
            Fails[v] = Waited[v] > 0 && Fails[vertex.Waits[Waited[v] - 1]];
            Present[v] = !Fails[v] && IsTaken(vertex) && (vertex.Target < 0 || Present[vertex.Target])
                && Array.TrueForAll(vertex.Waits, wait => !IsLastFor(vertex, wait))
                && (vertex.IsAny ? Array.Exists(vertex.Inputs, input => Present[input]) : Array.TrueForAll(vertex.Inputs, input => Present[input]));

            // Below its minimum a single candidate is handed on, and more are an error of the run; of another type there is no output.
            var candidates = vertex.List < 0 ? vertex.MinBranches : circuit.Vertices[vertex.List].Inputs.Where(input => Present[input]).Sum(input => circuit.Vertices[input].Branches);
            Fails[v] |= Present[v] && vertex.HandsOn && candidates > 1 && candidates < vertex.MinBranches;
            Present[v] &= !Fails[v] && (vertex.HandsOn || candidates >= vertex.MinBranches);
            HandsOn[v] = Present[v] && candidates < vertex.MinBranches;
            Runs[v] = Present[v] && vertex.Kind != VertexKind.Gate && candidates >= vertex.MinBranches;
        }
    }

    /// <summary>Which vertices have an output.</summary>
    public bool[] Present { get; }

    /// <summary>Which vertices end with an error: too few candidates, or one of what they waited for did.</summary>
    public bool[] Fails { get; }

    /// <summary>Which vertices make calls.</summary>
    public bool[] Runs { get; }

    /// <summary>Which vertices make no call because their list is below its minimum, and hand its only candidate on.</summary>
    public bool[] HandsOn { get; }

    /// <summary>How many of <see cref="CircuitVertex.Waits"/> each vertex waits for.</summary>
    public int[] Waited { get; }

    /// <summary>The vertices that a vertex waits for.</summary>
    public ReadOnlySpan<int> WaitsOf(int v) => _circuit.Vertices[v].Waits.AsSpan(0, Waited[v]);

    private bool IsTaken(CircuitVertex vertex) => vertex.Condition is not { } condition || condition.Outcomes[_outcomes[condition.Router]];

    // A candidate that is not there is only one less, and of an empty list the node learns when it has all inputs.
    private bool IsLastFor(CircuitVertex vertex, int wait) => wait == vertex.Router
        ? !Present[wait] || !IsTaken(vertex)
        : !Present[wait] && !vertex.IsAny && !_circuit.Vertices[wait].IsList;
}
