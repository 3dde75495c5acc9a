namespace FlowCompile.Graph;

/// <summary>One parameter of a node and where its value comes from.</summary>
/// <remarks>Part of the shared source of library and generator: it compiles for netstandard2.0.</remarks>
public sealed class GraphInput
{
    private GraphInput(string parameter, string type, InputKind kind, IReadOnlyList<string> sources, int minBranches, int agree = 0, string equality = "")
    {
        Parameter = parameter;
        Type = type;
        Kind = kind;
        Sources = sources;
        MinBranches = minBranches;
        Agree = agree;
        Equality = equality;
    }

    /// <summary>The parameter's name; for <see cref="InputKind.Workflow"/> also the name of the workflow's input.</summary>
    public string Parameter { get; }

    /// <summary>The type of one value, as C# writes it with full names (for a candidate list: of one candidate).</summary>
    public string Type { get; }

    /// <summary>Where the value comes from.</summary>
    public InputKind Kind { get; }

    /// <summary>The upstream nodes' names: none, one, or the candidates in order.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>The fewest candidates the node runs with; 1 where the input is no candidate list.</summary>
    public int MinBranches { get; }

    /// <summary>How many candidates that agree end the list early; 0 where it waits for all.</summary>
    public int Agree { get; }

    /// <summary>The name of the method that says whether two candidates agree; empty where values are compared as they are.</summary>
    public string Equality { get; }

    /// <summary>Binds a parameter to the workflow's input of its name.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="type">Its type.</param>
    public static GraphInput FromWorkflow(string parameter, string type) => new(parameter, type, InputKind.Workflow, [], 1);

    /// <summary>Binds a parameter to one upstream's output.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="type">Its type.</param>
    /// <param name="source">The upstream node.</param>
    public static GraphInput FromUpstream(string parameter, string type, string source) => new(parameter, type, InputKind.Upstream, [source], 1);

    /// <summary>Binds a parameter to a candidate list.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="type">The type of one candidate.</param>
    /// <param name="sources">The candidates, in order.</param>
    /// <param name="minBranches">The fewest candidates the node runs with.</param>
    /// <param name="agree">How many candidates that agree end the list early; 0 to wait for all.</param>
    /// <param name="equality">The name of the method that says whether two agree; empty to compare values as they are.</param>
    public static GraphInput FromCandidates(
        string parameter, string type, IReadOnlyList<string> sources, int minBranches = 1, int agree = 0, string equality = "") =>
        new(parameter, type, InputKind.Candidates, sources, minBranches, agree, equality);
}
