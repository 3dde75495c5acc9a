namespace FlowCompile.Compilation.Tests.Clock;

/// <summary>A model call that a run made and that ended with an answer.</summary>
/// <param name="Node">The sub-agent's index.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Cost">What it cost.</param>
internal sealed record MadeCall(int Node, double Seconds, double Cost);
