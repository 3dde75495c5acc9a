namespace FlowCompile.Graph;

/// <summary>
/// The immutable graph of a workflow: nodes in the order declared, their edges, and the output node. A graph that is constructed is
/// valid: every upstream exists, there is no cycle, and the output is one of the nodes.
/// </summary>
/// <remarks>Part of the shared source of library and generator: it compiles for netstandard2.0.</remarks>
public sealed class WorkflowGraph
{
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly int[][] _upstreams;
    private readonly int[] _order;
    private string? _hash;

    /// <summary>Creates a graph.</summary>
    /// <param name="name">The workflow's name.</param>
    /// <param name="nodes">Its nodes, in the order declared.</param>
    /// <param name="output">The name of the node whose output is the workflow's.</param>
    /// <exception cref="GraphException">The graph is not valid; the message says what is wrong and where.</exception>
    public WorkflowGraph(string name, IReadOnlyList<GraphNode> nodes, string output)
    {
        Name = name;
        Nodes = nodes;
        for (var i = 0; i < nodes.Count; i++)
        {
            if (_indexes.ContainsKey(nodes[i].Name))
            {
                throw new GraphException($"Workflow '{name}' has two nodes named '{nodes[i].Name}'; give each a name of its own.");
            }

            _indexes.Add(nodes[i].Name, i);
        }

        Output = Require(output, "its output");
        _upstreams = nodes.Select(UpstreamsOf).ToArray();
        if (GraphOrder.FindCycle(_upstreams) is { } cycle)
        {
            throw new GraphException(
                $"Workflow '{name}' has a cycle: {string.Join(" -> ", cycle.Select(i => nodes[i].Name))}; a node cannot wait for its own output.");
        }

        _order = GraphOrder.Sort(_upstreams)!;
    }

    /// <summary>The workflow's name.</summary>
    public string Name { get; }

    /// <summary>The nodes, in the order declared.</summary>
    public IReadOnlyList<GraphNode> Nodes { get; }

    /// <summary>The index of the output node.</summary>
    public int Output { get; }

    /// <summary>The models that its sub-agents may run on where they name none themselves; empty: any.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>The reasoning budgets that its sub-agents may run under where they name none themselves; empty: any.</summary>
    public IReadOnlyList<int> Budgets { get; init; } = [];

    /// <summary>The indexes of the nodes, each after its upstreams.</summary>
    public IReadOnlyList<int> Order => _order;

    /// <summary>
    /// The hash of everything that a compiled plan depends on: nodes, edges and structure choices, not the code in the methods, nor the
    /// models and budgets, nor the order of declaration. <c>sha256:</c> and 64 hexadecimal digits.
    /// </summary>
    public string Hash => _hash ??= GraphHash.Compute(this);

    /// <summary>The texts that several of its structures share, but for what is in parentheses; worked out when first asked for.</summary>
    internal HashSet<string>? SharedTexts { get; set; }

    /// <summary>The index of a node.</summary>
    /// <param name="name">The node's name.</param>
    /// <returns>The index, or -1 where there is no such node.</returns>
    public int IndexOf(string name) => _indexes.TryGetValue(name, out var index) ? index : -1;

    /// <summary>The indexes of the nodes that a node waits for: its inputs' sources, its test, its router.</summary>
    /// <param name="node">The node's index.</param>
    public IReadOnlyList<int> Upstreams(int node) => _upstreams[node];

    /// <summary>Whether a sub-agent may run under a setting: its own lists say so, else those of the workflow. What no list says is allowed.</summary>
    /// <param name="node">The node's index.</param>
    /// <param name="model">The setting's model.</param>
    /// <param name="budget">The setting's reasoning budget.</param>
    public bool Allows(int node, string model, int budget) =>
        Allows(Nodes[node].Models, Models, model) && Allows(Nodes[node].Budgets, Budgets, budget);

    private static bool Allows<T>(IReadOnlyList<T> own, IReadOnlyList<T> workflow, T value) =>
        (own.Count > 0 ? own : workflow) is var list && (list.Count == 0 || list.Contains(value));

    private int[] UpstreamsOf(GraphNode node)
    {
        var names = node.Inputs.SelectMany(input => input.Sources).ToList();
        if (node.Repair is { } repair)
        {
            names.Add(repair.Test);
            names.Add(repair.Target);
        }

        if (node.Condition is { } condition)
        {
            names.Add(condition.Router);
        }

        return names.Select(source => Require(source, $"the upstream of '{node.Name}'")).Distinct().ToArray();
    }

    private int Require(string node, string role) => IndexOf(node) is >= 0 and var index
        ? index
        : throw new GraphException($"Workflow '{Name}' has no node named '{node}' to be {role}.");
}
