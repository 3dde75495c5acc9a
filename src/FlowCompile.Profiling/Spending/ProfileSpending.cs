namespace FlowCompile.Profiling;

/// <summary>What one run of a profile was billed for: every request, those that failed, were tried again or judged outputs included.</summary>
/// <param name="Requests">How many requests were sent.</param>
/// <param name="Tokens">Tokens of prompts and answers, thinking included.</param>
/// <param name="Cost">What they cost by today's prices; 0 for models that have none.</param>
/// <param name="Unsaid">How many requests did not say what they took: they broke off, ran into a time limit, or their server never says.</param>
/// <param name="UnsaidTokens">What of <paramref name="Tokens"/> those are reckoned with: the most they can have taken.</param>
public sealed record ProfileSpending(int Requests, long Tokens, double Cost, int Unsaid, long UnsaidTokens);
