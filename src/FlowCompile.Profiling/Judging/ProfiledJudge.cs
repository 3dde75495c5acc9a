namespace FlowCompile.Profiling;

/// <summary>The judge of a profile.</summary>
/// <param name="Setting">Its model and budget, as text.</param>
/// <param name="Nodes">The sub-agents that it judges.</param>
/// <param name="Hashes">For every sub-agent, by name, the hash of what judges it, or would: model, budget, rubric.</param>
public sealed record ProfiledJudge(string Setting, IReadOnlyList<string> Nodes, IReadOnlyDictionary<string, string> Hashes);
