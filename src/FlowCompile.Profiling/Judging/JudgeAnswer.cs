using System.Globalization;
using System.Text.RegularExpressions;

namespace FlowCompile.Profiling;

/// <summary>Reads a judge's answer: its last line <c>SCORE: n</c>.</summary>
internal static partial class JudgeAnswer
{
    /// <summary>The score that an answer gives.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>The score, 0 to 1; <see langword="null"/> where the answer gives none.</returns>
    public static double? Score(string answer)
    {
        var match = Line().Match(answer);
        return match.Success && int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is <= 10 and var score ? score / 10.0 : null;
    }

    // From the right: a judge that quotes what it judges quotes its score, too. Models like to set such a line in bold.
    [GeneratedRegex(@"\bSCORE\b[*_`\s]*[:=][*_`\s]*([0-9]{1,2})(?![0-9.])", RegexOptions.IgnoreCase | RegexOptions.RightToLeft | RegexOptions.CultureInvariant)]
    private static partial Regex Line();
}
