namespace FlowCompile.Profiling;

/// <summary>What calls of one sub-agent under one setting have taken so far, on average.</summary>
/// <param name="Node">The sub-agent's name.</param>
/// <param name="Identity">The model's identity.</param>
/// <param name="Budget">The reasoning budget.</param>
/// <param name="InputTokens">Tokens of the prompt.</param>
/// <param name="GeneratedTokens">Thinking tokens and tokens of the answer.</param>
/// <param name="Seconds">The time.</param>
/// <param name="CachedTokens">Tokens of the prompt that the provider had cached.</param>
internal sealed record CallStatistics(string Node, string Identity, int Budget, double InputTokens, double GeneratedTokens, double Seconds, double CachedTokens);
