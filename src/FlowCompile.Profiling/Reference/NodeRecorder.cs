namespace FlowCompile.Profiling;

/// <summary>Keeps what each node of a run received and returned.</summary>
internal sealed class NodeRecorder : INodeObserver
{
    private readonly Lock _lock = new();
    private readonly List<Observation> _observations = [];

    /// <summary>What was seen, in the order it happened.</summary>
    public IReadOnlyList<Observation> Observations
    {
        get
        {
            lock (_lock)
            {
                return [.. _observations];
            }
        }
    }

    public void OnOutput(int node, int replica, int attempt, IReadOnlyList<object?> inputs, object? output)
    {
        lock (_lock)
        {
            _observations.Add(new Observation(node, replica, attempt, [.. inputs], output));
        }
    }

    /// <summary>What one call of a node received and returned.</summary>
    public sealed record Observation(int Node, int Replica, int Attempt, IReadOnlyList<object?> Inputs, object? Output);
}
