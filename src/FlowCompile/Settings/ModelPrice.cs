namespace FlowCompile.Settings;

/// <summary>What a model's tokens cost, in a currency of the user's choice.</summary>
/// <param name="InputPerMillion">The price of a million input tokens, 0 or more.</param>
/// <param name="OutputPerMillion">The price of a million generated tokens, thinking included, 0 or more.</param>
public readonly record struct ModelPrice(double InputPerMillion, double OutputPerMillion)
{
    /// <summary>The cost of one call.</summary>
    /// <param name="inputTokens">Tokens of the prompt.</param>
    /// <param name="generatedTokens">Thinking tokens and tokens of the answer.</param>
    public double CostOf(long inputTokens, long generatedTokens) =>
        ((inputTokens * InputPerMillion) + (generatedTokens * OutputPerMillion)) / 1_000_000;
}
