namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>What the calls of a configuration may come to.</summary>
internal interface ICalls
{
    /// <summary>Begins a run: no call has been made.</summary>
    void Begin();

    /// <summary>Makes one call of a sub-agent.</summary>
    /// <param name="node">The sub-agent.</param>
    /// <param name="setting">Which of its settings.</param>
    /// <param name="state">What it receives.</param>
    /// <param name="chance">What decides.</param>
    Call Make(int node, int setting, CallState state, Worlds chance);

    /// <summary>What a tool returns that something branches on.</summary>
    /// <param name="node">The tool.</param>
    /// <param name="state">What it receives.</param>
    /// <param name="chance">What decides.</param>
    string? ValueOf(int node, CallState state, Worlds chance);

    /// <summary>What routers have returned in the run, where runs are told apart by that.</summary>
    string Ways => throw new NotSupportedException();

    /// <summary>Notes that a node has several candidates and too few of them, so that it throws.</summary>
    /// <param name="node">The node.</param>
    void Lack(int node)
    {
    }
}
