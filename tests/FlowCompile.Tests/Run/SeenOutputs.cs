using FlowCompile.Graph;

namespace FlowCompile.Tests.Run;

/// <summary>An observer that keeps what it saw, as text.</summary>
internal sealed class SeenOutputs : INodeObserver
{
    private readonly List<(int Node, int Replica, int Attempt, string Values)> _seen = [];

    public void OnOutput(int node, int replica, int attempt, IReadOnlyList<object?> inputs, object? output)
    {
        lock (_seen)
        {
            _seen.Add((node, replica, attempt, $"[{string.Join(", ", inputs.Select(Text))}] -> {output}"));
        }
    }

    public IReadOnlyList<string> Lines(WorkflowGraph graph)
    {
        lock (_seen)
        {
            return [.. _seen.Select(seen => $"{graph.Nodes[seen.Node].Name}/{seen.Replica}/{seen.Attempt} {seen.Values}")];
        }
    }

    private static string Text(object? value) => value is IEnumerable<object?> list ? $"({string.Join(", ", list)})" : $"{value}";
}
