using System.Text.RegularExpressions;

namespace FlowCompile.Scoring;

/// <summary>Finds what a text says is not the answer.</summary>
internal static partial class Denials
{
    // What denies stands right before.
    private const int MaxBefore = 60;

    /// <summary>Whether what stands at a position of a text is denied by what is before: "the answer is not".</summary>
    public static bool EndsDenied(string text, int at) => AtEnd().IsMatch(text[Math.Max(0, at - MaxBefore)..at]);

    /// <summary>What a statement says after a denial: of "not 41; it is 42" the 42. The statement itself where it denies nothing; <see langword="null"/> where only the denial is there.</summary>
    public static string? WithoutDenial(string statement)
    {
        statement = AnythingBut().Replace(statement, "not ");
        for (var tries = 0; tries < 4 && AtStart().IsMatch(statement); tries++)
        {
            var turn = Turn().Match(statement);
            if (!turn.Success)
            {
                return null;
            }

            statement = statement[(turn.Index + turn.Length)..];
        }

        return statement;
    }

    [GeneratedRegex(@"(?:\bnot|n't|\bnever|\bcannot(?: be)?|\bneither|\bnor|\brather than|\binstead of|\bunlike|\bfar from|\bI (?:doubt|do(?:n't| not) (?:think|believe))\b[^.,;:\n]{0,30})(?: be| equal(?: to)?| simply| just)?[\s:$*(\\]*$", RegexOptions.IgnoreCase)]
    private static partial Regex AtEnd();

    [GeneratedRegex(@"^[\s*_$(\\]*(?:(?:is|are|was|would|does|it is|can)\s+)?(?:not|n't|isn't|never|cannot|neither|anything but|far from|wrong)\b(?!\s+(?:exist|defined|possible|enough))(?=[\s\S]*\w)", RegexOptions.IgnoreCase)]
    private static partial Regex AtStart();

    /// <summary>A statement without what it denies at its end: "9, not 8" says 9.</summary>
    public static string WithoutContrast(string statement) => Contrast().Match(statement) is { Success: true, Index: > 0 } contrast ? statement[..contrast.Index] : statement;

    [GeneratedRegex(@"^[\s*_$(\\]*(?:anything|everything|all) but\b\s*", RegexOptions.IgnoreCase)]
    private static partial Regex AnythingBut();

    [GeneratedRegex(@"[,;]?\s+(?:and |but )?(?:not|rather than|instead of)\s[^;]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Contrast();

    [GeneratedRegex(@"(?:[;:,.]\s*|\s)(?:but\s+(?:rather\s+)?(?:it\s+is\s+|it's\s+)?|it\s+is\s+|it's\s+|rather\s+|instead\s+)|;\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Turn();
}
