namespace FlowCompile.Compilation;

/// <summary>A setting in a race.</summary>
/// <param name="Place">Its place among all of the workflow.</param>
/// <param name="Node">The sub-agent's index.</param>
/// <param name="Setting">The setting.</param>
/// <param name="Tokens">The tokens of its calls so far.</param>
/// <param name="Reused">How many of them were decoded for a larger budget.</param>
internal sealed record RaceSetting(int Place, int Node, Setting Setting, double Tokens, double Reused);
