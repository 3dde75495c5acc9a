namespace WordMath;

/// <summary>One word problem with its answer: a line of <c>data/*.jsonl</c>.</summary>
/// <param name="Id">The problem's id.</param>
/// <param name="Problem">The problem, in words.</param>
/// <param name="Answer">The answer, 0 to 99.</param>
public sealed record MathCase(string Id, string Problem, int Answer);
