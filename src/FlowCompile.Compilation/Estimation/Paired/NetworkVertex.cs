namespace FlowCompile.Compilation;

/// <summary>What a vertex of a network is.</summary>
internal enum NetworkKind
{
    /// <summary>The workflow's input: right, and there from the start.</summary>
    Input,

    /// <summary>The candidates so far: those before and one more.</summary>
    Count,

    /// <summary>A tool: as right as what it gets.</summary>
    Tool,

    /// <summary>A sub-agent: one call, or replicas side by side.</summary>
    Call,

    /// <summary>A repairer: attempts, while the target is wrong.</summary>
    Repair,
}

/// <summary>
/// A vertex of a <see cref="PairedNetwork"/>. Its value is the number of its right outputs, of a router twice the branch plus 1 where it is
/// right, of a count <see cref="NetworkValue"/>, <see cref="NetworkValue.Absent"/> where it has no output, and <see cref="NetworkValue.Failed"/>
/// where it ends with an error.
/// </summary>
internal sealed record NetworkVertex
{
    public required NetworkKind Kind { get; init; }

    /// <summary>The node of the graph; -1 for the workflow's input and for counts.</summary>
    public int Node { get; init; } = -1;

    /// <summary>Replicas, or the most attempts.</summary>
    public int Calls { get; init; } = 1;

    /// <summary>How many candidates it is: its replicas.</summary>
    public int Outputs { get; init; } = 1;

    /// <summary>The vertices that must be there, and right for its inputs to be right.</summary>
    public int[] Required { get; init; } = [];

    /// <summary>The count of its candidates; -1 where it takes none.</summary>
    public int List { get; init; } = -1;

    /// <summary>The fewest candidates that it makes its call for.</summary>
    public int MinBranches { get; init; } = 1;

    /// <summary>Whether it hands a single candidate on below that minimum: candidates are of its own type. Otherwise it has no output then.</summary>
    public bool HandsOn { get; init; } = true;

    /// <summary>Of a repairer, what it repairs; otherwise -1.</summary>
    public int Target { get; init; } = -1;

    /// <summary>Of a count, the count before (-1 for the first) and the candidate added.</summary>
    public (int Before, int Added) Sum { get; init; } = (-1, -1);

    /// <summary>The router that decides whether it runs; -1 where none does.</summary>
    public int Router { get; init; } = -1;

    /// <summary>For each branch of <see cref="Router"/>, whether it runs.</summary>
    public bool[] RunsFor { get; init; } = [];

    /// <summary>Of a router, its values as C# constants, <see cref="BranchProbabilities.Other"/> for the rest, with their prior probabilities.</summary>
    public IReadOnlyList<(string Value, double Probability)>? Branches { get; init; }

    /// <summary>Its superstep, from 1; 0 for the workflow's input. A count has that of its latest candidate.</summary>
    public int Level { get; init; }

    /// <summary>Whether chance has a part in its value, given its inputs.</summary>
    public bool IsDrawn => Kind is NetworkKind.Call or NetworkKind.Repair || Branches is not null;

    /// <summary>Whether it makes calls.</summary>
    public bool HasCalls => Kind is NetworkKind.Call or NetworkKind.Repair;

    /// <summary>
    /// All vertices that its value depends on, each once, in the order in which generated code waits for them: its router, its inputs, what it
    /// repairs, and its test. It waits no longer at the first that leaves it without output.
    /// </summary>
    public int[] Waits { get; init; } = [];
}
