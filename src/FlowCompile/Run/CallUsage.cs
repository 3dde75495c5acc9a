namespace FlowCompile;

/// <summary>What one model call took.</summary>
/// <param name="InputTokens">Tokens of the prompt.</param>
/// <param name="ThinkingTokens">Thinking tokens.</param>
/// <param name="OutputTokens">Tokens of the visible answer.</param>
/// <param name="TimeToFirstToken">Time to the first generated token, where it is known.</param>
/// <param name="Latency">Time from the start of the call to its end.</param>
/// <param name="CachedInputTokens">Those of <paramref name="InputTokens"/> that the provider had cached.</param>
internal readonly record struct CallUsage(long InputTokens, long ThinkingTokens, long OutputTokens, TimeSpan? TimeToFirstToken, TimeSpan Latency, long CachedInputTokens = 0)
{
    /// <summary>All generated tokens.</summary>
    public long Generated => ThinkingTokens + OutputTokens;
}
