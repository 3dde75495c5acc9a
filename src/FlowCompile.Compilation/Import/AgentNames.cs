using FlowCompile.Graph;

namespace FlowCompile.Compilation;

/// <summary>
/// Finds the sub-agent that an agent of the published system is: by a name given for it, else by the same name, letter case and
/// underscores aside (<c>refine_solver</c> is <c>RefineSolver</c>).
/// </summary>
public sealed class AgentNames
{
    private readonly IReadOnlyDictionary<string, string> _given;

    /// <summary>Creates the names.</summary>
    /// <param name="graph">The graph that is imported into.</param>
    /// <param name="given">Sub-agents by the names of their agents, where the names do not tell.</param>
    /// <exception cref="CompileException">A sub-agent given is none of the graph's.</exception>
    public AgentNames(WorkflowGraph graph, IReadOnlyDictionary<string, string>? given = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Graph = graph;
        _given = given ?? new Dictionary<string, string>();
        foreach (var (agent, node) in _given)
        {
            if (!SubAgents.Contains(node))
            {
                throw new CompileException($"'{agent}' cannot be '{node}', for the workflow '{graph.Name}' has no sub-agent of that name; it has {string.Join(", ", SubAgents)}.");
            }
        }
    }

    /// <summary>The graph that is imported into.</summary>
    public WorkflowGraph Graph { get; }

    private IEnumerable<string> SubAgents => Graph.Nodes.Where(node => node.Kind == NodeKind.SubAgent).Select(node => node.Name);

    /// <summary>The index of the sub-agent that an agent is.</summary>
    /// <param name="agent">The agent's name in the published system.</param>
    /// <exception cref="CompileException">No sub-agent fits.</exception>
    public int NodeOf(string agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        var name = _given.TryGetValue(agent, out var given) ? given : SubAgents.FirstOrDefault(node => Plain(node) == Plain(agent));
        return name is not null
            ? Graph.IndexOf(name)
            : throw new CompileException(
                $"The agent '{agent}' is no sub-agent of the workflow '{Graph.Name}', which has {string.Join(", ", SubAgents)}; say which one it is with --map {agent}=<name>.");
    }

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
}
