namespace FlowCompile.Compilation;

/// <summary>A vertex of a circuit while it is being reduced: a gate over inputs, then a body.</summary>
internal sealed class Cell
{
    public required bool IsAny { get; set; }

    public required List<Cell> Inputs { get; set; }

    /// <summary>What runs once the inputs are there; <see langword="null"/> for a gate, and for a repairer.</summary>
    public Term? Body { get; set; }

    /// <summary>Of a repairer not yet reduced: its target, node and attempts.</summary>
    public Cell? Target { get; set; }

    public int Node { get; init; } = -1;

    public int Calls { get; init; } = 1;

    public int Branches { get; init; } = 1;

    public RouterCondition? Condition { get; set; }

    /// <summary>The candidate list on which it depends whether the body runs.</summary>
    public Cell? List { get; set; }

    /// <summary>Whether it is the candidate list of a node.</summary>
    public bool IsList { get; init; }

    /// <summary>What it waits for, in order; only kept where what has no output matters (<see cref="CellGraph.KeepsWaits"/>).</summary>
    public List<Cell> Waits { get; set; } = [];

    /// <summary>The router of its <see cref="Condition"/>, where waits are kept.</summary>
    public Cell? Router { get; set; }

    public int MinBranches { get; init; } = 1;

    /// <summary>Whether it hands a single candidate on below that minimum.</summary>
    public bool HandsOn { get; init; } = true;

    public bool IsRepair => Target is not null;

    public bool HasInputsOf(Cell other) => Inputs.Count == other.Inputs.Count && (Inputs.Count < 2 || IsAny == other.IsAny)
        && Inputs.TrueForAll(other.Inputs.Contains);

    public bool HasConditionOf(Cell other) => Condition is null ? other.Condition is null : Condition.IsSame(other.Condition);
}
