namespace FlowCompile.Scoring;

/// <summary>A number that was found in a text.</summary>
/// <param name="Value">Its value, with its sign.</param>
/// <param name="Start">Where it starts.</param>
/// <param name="IsSure">Whether it counts before others: not an exponent, an index, a source, the whole of which a part is given.</param>
internal readonly record struct FoundNumber(Rational Value, int Start, bool IsSure);
