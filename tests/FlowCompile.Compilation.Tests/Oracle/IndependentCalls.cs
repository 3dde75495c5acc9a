using FlowCompile.Graph;

namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>Calls that are right with their setting's accuracy where their inputs are, and wrong where they are not; routers return values by their frequency.</summary>
internal sealed class IndependentCalls(
    WorkflowGraph graph, IReadOnlyList<SettingProfile>[] rows, IReadOnlyDictionary<string, (string Value, double Probability)[]> values) : ICalls
{
    private readonly List<string> _ways = [];

    public string Ways => string.Join(",", _ways);

    public void Begin() => _ways.Clear();

    public Call Make(int node, int setting, CallState state, Worlds chance)
    {
        var row = rows[node][setting];
        var mends = graph.Nodes[node].Repair is not null;
        var right = (mends || state.Right) && chance.Draw(row.Accuracy, 1 - row.Accuracy) == 0;
        return new Call(right, ValueOf(node, state, chance), row.LatencySeconds, row.Cost);
    }

    public string? ValueOf(int node, CallState state, Worlds chance)
    {
        if (!values.TryGetValue(graph.Nodes[node].Name, out var some))
        {
            return null;
        }

        var value = some[chance.Draw([.. some.Select(one => one.Probability)])].Value;
        _ways.Add($"{node}={value}");
        return value;
    }
}
