namespace FlowCompile.Scoring;

/// <summary>
/// Ready-made metrics for score methods: <c>[Score] public static double Score(Case expected, string answer) =&gt; Scorers.Mathematical(expected.Answer, answer);</c>.
/// Each gives 1 for right and 0 for wrong, <see cref="TokenF1"/> also values between. An answer that is <see langword="null"/> or
/// empty is wrong, not an error; any text is right against itself. None runs any code, and each takes bounded time whatever the text.
/// </summary>
public static class Scorers
{
    /// <summary>Whether the answer is the expected text, white space at the ends and its amount in between aside.</summary>
    /// <param name="expected">The expected answer.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="ignoreCase">Whether letter case does not count (default: it counts).</param>
    /// <returns>1 or 0.</returns>
    public static double Exact(string expected, string? answer, bool ignoreCase = false)
    {
        ArgumentNullException.ThrowIfNull(expected);
        return answer is not null && ExactMatch.Matches(expected, answer, ignoreCase) ? 1 : 0;
    }

    /// <summary>
    /// Whether the answer's number is the expected one. The number of a text is that of its last <c>\boxed{}</c>, else the first behind its last
    /// <c>####</c> or "answer is", else its last; grouped digits, fractions and powers of ten are one number, and a unit, currency or percent sign does
    /// not count. Compared exactly, as fractions. docs/scoring.md has it in full.
    /// </summary>
    /// <param name="expected">The expected answer; it must hold a number.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="tolerance">How far the two may be apart, 0 or more (default 0: equal).</param>
    /// <returns>1 or 0.</returns>
    /// <exception cref="ArgumentException"><paramref name="expected"/> holds no number, and the answer is another text.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="tolerance"/> is negative or no number.</exception>
    public static double Numeric(string expected, string? answer, double tolerance = 0)
    {
        ArgumentNullException.ThrowIfNull(expected);
        if (!(tolerance >= 0 && double.IsFinite(tolerance)))
        {
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "The tolerance must be 0 or more.");
        }

        // Any text is the same as itself, whatever it holds.
        if (string.Equals(expected, answer, StringComparison.Ordinal) && expected.Length > 0)
        {
            return 1;
        }

        if (!NumberFinder.TryFind(expected, out var number))
        {
            throw new ArgumentException("The expected answer holds no number.", nameof(expected));
        }

        return answer is not null && NumberFinder.TryFind(answer, out var other) && number.IsWithin(other, tolerance) ? 1 : 0;
    }

    /// <summary>
    /// The F1 of the answer's words against the expected ones: 2 p r / (p + r), p the share of the answer's words that are
    /// expected and r the share of the expected words that are there. Words are compared in lower case, without accents and punctuation, and
    /// without <c>a</c>, <c>an</c>, <c>the</c>; a hyphen parts or joins, whichever agrees better. Where either answer is <c>yes</c>, <c>no</c> or
    /// <c>noanswer</c>, or closes it with a sign ("Yes, it is."), only the same answer counts (after the metric of HotpotQA; Yang et al. 2018, arXiv 1809.09600).
    /// </summary>
    /// <param name="expected">The expected answer.</param>
    /// <param name="answer">The answer.</param>
    /// <returns>From 0 to 1.</returns>
    public static double TokenF1(string expected, string? answer)
    {
        ArgumentNullException.ThrowIfNull(expected);
        return answer is null ? 0 : WordOverlap.F1(expected, answer);
    }

    /// <summary>
    /// Whether the answer is mathematically the expected one: numbers in any notation, expressions, units, lists, sets, tuples, intervals, matrices,
    /// equations, ratios and choices, in LaTeX or plain text. The answer of a text is its last <c>\boxed{}</c>, else what follows its last
    /// <c>####</c> or "answer is", else what its last sentence says. docs/scoring.md has it in full.
    /// </summary>
    /// <remarks>
    /// Decided exactly, over rationals, roots of rationals, pi, e, i and variables, functions of them by as many digits as it takes: 0.333 is not 1/3.
    /// A unit that only one of the two has is left out of account; two units must agree or convert into each other. The order of a list or set does
    /// not count, that of a tuple does. What cannot be read as mathematics is compared as text.
    /// </remarks>
    /// <param name="expected">The expected answer.</param>
    /// <param name="answer">The answer.</param>
    /// <returns>1 or 0.</returns>
    public static double Mathematical(string expected, string? answer)
    {
        ArgumentNullException.ThrowIfNull(expected);
        return answer is not null && MathAnswers.AreEquivalent(expected, answer) ? 1 : 0;
    }
}
