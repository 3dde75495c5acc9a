namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>One parameter of a node that runs: what it waits for.</summary>
/// <param name="IsList">Whether it is a candidate list.</param>
/// <param name="Tokens">The outputs read; those of a list each once, in order.</param>
/// <param name="Min">The fewest candidates of a list.</param>
/// <param name="IsTarget">Whether it is the value that a repairer repairs.</param>
internal sealed record ReadInput(bool IsList, int[] Tokens, int Min, bool IsTarget);
