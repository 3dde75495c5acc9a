namespace FlowCompile.Compilation;

/// <summary>The settings behind a point of a front, call by call.</summary>
/// <param name="nodes">The number of nodes of the graph.</param>
internal sealed class CallTrace(int nodes)
{
    private readonly List<Setting>?[] _calls = new List<Setting>?[nodes];
    private readonly bool[] _areAttempts = new bool[nodes];

    /// <summary>Adds the setting of a node's next call, or of all its calls.</summary>
    /// <param name="node">The node.</param>
    /// <param name="setting">The setting.</param>
    /// <param name="isAttempt">Whether it is a repair attempt: then the order counts.</param>
    public void Add(int node, Setting setting, bool isAttempt)
    {
        (_calls[node] ??= []).Add(setting);
        _areAttempts[node] = isAttempt;
    }

    /// <summary>By node the settings of its calls.</summary>
    public CallSettings?[] ToSettings() =>
        [.. _calls.Select((calls, node) => calls is null ? (CallSettings?)null : _areAttempts[node] ? new CallSettings(calls) : CallSettings.ForReplicas(calls))];
}
