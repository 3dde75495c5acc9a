namespace FlowCompile.Settings;

/// <summary>What a model's tokens cost, in a currency of the user's choice.</summary>
/// <param name="InputPerMillion">The price of a million input tokens, 0 or more.</param>
/// <param name="OutputPerMillion">The price of a million generated tokens, thinking included, 0 or more.</param>
public readonly record struct ModelPrice(double InputPerMillion, double OutputPerMillion)
{
    /// <summary>
    /// The price of a million input tokens that the provider had cached, 0 or more; <see langword="null"/> where they cost as much as others.
    /// </summary>
    public double? CachedInputPerMillion { get; init; }

    /// <summary>The cost of one call.</summary>
    /// <param name="inputTokens">Tokens of the prompt, those that were cached included.</param>
    /// <param name="generatedTokens">Thinking tokens and tokens of the answer.</param>
    /// <param name="cachedInputTokens">
    /// Those of the prompt that the provider had cached (default: none). Below 0 they count as none, and beyond the prompt as all of it.
    /// </param>
    public double CostOf(long inputTokens, long generatedTokens, long cachedInputTokens = 0) =>
        CostOf((double)inputTokens, generatedTokens, cachedInputTokens);

    /// <summary>The cost of calls by their average or summed tokens.</summary>
    /// <param name="inputTokens">Tokens of the prompts, those that were cached included.</param>
    /// <param name="generatedTokens">Thinking tokens and tokens of the answers.</param>
    /// <param name="cachedInputTokens">Those of the prompts that the provider had cached.</param>
    internal double CostOf(double inputTokens, double generatedTokens, double cachedInputTokens)
    {
        // Without cached tokens no other arithmetic than ever: costs in plans are compared to the last bit.
        var cached = Math.Max(0, Math.Min(cachedInputTokens, inputTokens));
        var input = cached > 0 && CachedInputPerMillion is { } cachedPrice
            ? ((inputTokens - cached) * InputPerMillion) + (cached * cachedPrice)
            : inputTokens * InputPerMillion;
        return (input + (generatedTokens * OutputPerMillion)) / 1_000_000;
    }

    /// <summary>The most that a call of so many tokens can cost, however many of them are cached.</summary>
    /// <param name="inputTokens">Tokens of the prompt.</param>
    /// <param name="generatedTokens">Thinking tokens and tokens of the answer.</param>
    internal double MostOf(long inputTokens, long generatedTokens) =>
        CostOf(inputTokens, generatedTokens, CachedInputPerMillion > InputPerMillion ? inputTokens : 0);
}
