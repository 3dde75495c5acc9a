using FlowCompile.Graph;

namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>
/// Calls of one case as they were recorded: of the calls on inputs as right (of a selector, on lists with as many right ones among as many),
/// every choice of different ones is equally likely for the replicas and attempts of a run. A call is right with the probability that is its score.
/// </summary>
internal sealed class RecordedCalls(WorkflowGraph graph, Recording recording, int theCase) : ICalls
{
    private readonly Dictionary<(int Node, int Setting, CallState State), List<RecordedAnswer>> _left = [];

    public void Begin() => _left.Clear();

    public Call Make(int node, int setting, CallState state, Worlds chance)
    {
        if (!_left.TryGetValue((node, setting, state), out var left))
        {
            _left[(node, setting, state)] = left = [.. recording.Of(theCase, node, setting, state)];
        }

        if (left.Count == 0)
        {
            throw new InvalidOperationException($"{graph.Nodes[node].Name} has more calls than were recorded.");
        }

        // Calls that are the same are one answer with the weight of them all.
        var kinds = left.GroupBy(one => one).ToList();
        var answer = kinds[chance.Draw([.. kinds.Select(kind => (double)kind.Count() / left.Count)])].Key;
        left.Remove(answer);
        return new Call(chance.Draw(answer.Score, 1 - answer.Score) == 0, answer.Value, answer.Seconds, recording.CostOf(node, setting));
    }

    public string? ValueOf(int node, CallState state, Worlds chance) => recording.RouteOf(theCase, node, state);
}
