namespace FlowCompile.Generators.Code;

/// <summary>What the source of a node says.</summary>
/// <param name="Node">The node's name; empty for the score methods.</param>
/// <param name="Hash">The hash.</param>
internal sealed record NodeCode(string Node, string Hash);
