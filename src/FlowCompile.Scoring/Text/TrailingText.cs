using System.Text.RegularExpressions;

namespace FlowCompile.Scoring;

/// <summary>Cuts off what comes after an answer that nothing announces: checks, confidence, sources, another question.</summary>
internal static partial class TrailingText
{
    public static string Cut(string text)
    {
        var trailing = Trailing().Matches(text).FirstOrDefault(match => text.AsSpan(0, match.Index).ContainsAnyInRange('0', '9'));
        return trailing is null ? text : text[..trailing.Index];
    }

    [GeneratedRegex(@"^[ *_#>-]*(?:checks?|checking|verification|verify|verifying|confidence|certainty|notes?|question|sources?|references?|explanation|reasoning|let me|let's (?:check|verify)|i hope|double[- ]check|remark|p\.?s\.?|disclaimer|hints?|human|user|\[\d+\])(?=\b|[ :\]])", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Trailing();
}
