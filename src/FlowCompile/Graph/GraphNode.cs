namespace FlowCompile.Graph;

/// <summary>A sub-agent or tool of a workflow.</summary>
/// <remarks>Part of the shared source of library and generator: it compiles for netstandard2.0.</remarks>
public sealed class GraphNode
{
    /// <summary>Creates a node.</summary>
    /// <param name="name">Its name: the method's.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="resultType">The type of its output, as C# writes it with full names.</param>
    /// <param name="inputs">Its parameters, in order, without the context and the cancellation token.</param>
    public GraphNode(string name, NodeKind kind, string resultType, IReadOnlyList<GraphInput> inputs)
    {
        Name = name;
        Kind = kind;
        ResultType = resultType;
        Inputs = inputs;
    }

    /// <summary>The node's name: the method's.</summary>
    public string Name { get; }

    /// <summary>What the node is.</summary>
    public NodeKind Kind { get; }

    /// <summary>The type of its output, as C# writes it with full names.</summary>
    public string ResultType { get; }

    /// <summary>Its parameters, in order, without the context and the cancellation token.</summary>
    public IReadOnlyList<GraphInput> Inputs { get; }

    /// <summary>Whether a structure may leave it out.</summary>
    public bool IsOptional { get; init; }

    /// <summary>The fewest replicas a structure may run; 1 where it is not replicated.</summary>
    public int MinReplicas { get; init; } = 1;

    /// <summary>The most replicas a structure may run; 1 where it is not replicated.</summary>
    public int MaxReplicas { get; init; } = 1;

    /// <summary>Whether several replicas may run, so that its output is a list.</summary>
    public bool IsReplicated => MaxReplicas > 1;

    /// <summary>Whether its replicas, or its repair attempts, have the same setting in every configuration.</summary>
    public bool HasSameSettings { get; init; }

    /// <summary>The repair loop whose repairer it is, if any.</summary>
    public RepairLoop? Repair { get; init; }

    /// <summary>The branch it belongs to, if any.</summary>
    public BranchCondition? Condition { get; init; }

    /// <summary>The models it may run on; empty: those of the workflow.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>The reasoning budgets it may run under; empty: those of the workflow.</summary>
    public IReadOnlyList<int> Budgets { get; init; } = [];

    /// <summary>The sampling temperature of its calls; <see langword="null"/> leaves it to the model.</summary>
    public float? Temperature { get; init; }

    /// <summary>Its candidate list, if it has one.</summary>
    public GraphInput? Candidates => Inputs.FirstOrDefault(input => input.Kind == InputKind.Candidates);

    /// <summary>Whether its candidates, if it takes any, are of its own type, so that it hands a single one on below the minimum of its list.</summary>
    internal bool HandsCandidatesOn => Candidates is not { } list || list.Type == ResultType;

    /// <summary>The fewest calls a structure may choose for it: 0, a number of replicas, or of attempts.</summary>
    public int MinCount => Repair is { } repair ? repair.MinAttempts : IsOptional ? 0 : MinReplicas;

    /// <summary>The most calls a structure may choose for it: 1, a number of replicas, or of attempts.</summary>
    public int MaxCount => Repair is { } repair ? repair.MaxAttempts : MaxReplicas;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
