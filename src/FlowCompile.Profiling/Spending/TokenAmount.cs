namespace FlowCompile.Profiling;

/// <summary>Tokens of a request.</summary>
/// <param name="Input">Those of the prompt.</param>
/// <param name="Generated">Thinking tokens and those of the answer.</param>
internal readonly record struct TokenAmount(long Input, long Generated)
{
    /// <summary>All of them.</summary>
    public long Total => Input + Generated;

    /// <summary>The larger of the two amounts, each kind of tokens by itself.</summary>
    /// <param name="other">The other one.</param>
    public TokenAmount Or(TokenAmount other) => new(Math.Max(Input, other.Input), Math.Max(Generated, other.Generated));
}
