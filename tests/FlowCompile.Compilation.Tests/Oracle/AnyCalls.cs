using FlowCompile.Graph;

namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>Notes which sub-agents are called while routers return whatever they may. Values to repair are wrong, and stay so.</summary>
internal sealed class AnyCalls(WorkflowGraph graph) : ICalls
{
    private readonly string[][] _values = [.. graph.Nodes.Select(router => graph.Nodes.Where(node => node.Condition?.Router == router.Name)
        .SelectMany(node => node.Condition!.Values).Distinct().Append("").ToArray())];

    public bool[] Called { get; } = new bool[graph.Nodes.Count];

    public void Begin()
    {
    }

    public Call Make(int node, int setting, CallState state, Worlds chance)
    {
        Called[node] = true;
        return new Call(false, ValueOf(node, state, chance), 0, 0);
    }

    public void Lack(int node) => Called[node] |= graph.Nodes[node].Kind == NodeKind.SubAgent;

    public string? ValueOf(int node, CallState state, Worlds chance) =>
        _values[node].Length == 1 ? null : _values[node][chance.Draw([.. _values[node].Select(_ => 1.0 / _values[node].Length)])];
}
