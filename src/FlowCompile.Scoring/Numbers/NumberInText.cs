namespace FlowCompile.Scoring;

/// <summary>A number that a text has.</summary>
/// <param name="Value">Its value.</param>
/// <param name="Digits">Its digits, without what groups them.</param>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct NumberInText(Rational Value, string Digits, int Start, int End);
