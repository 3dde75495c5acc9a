namespace FlowCompile.Scoring.Tests;

/// <summary>A pair with its right score.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Scorer">M, N or F.</param>
/// <param name="Gold">The expected answer.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Right">The right score.</param>
public sealed record ScorerRow(string Kind, string Scorer, string Gold, string Answer, double Right);
