using System.Text.RegularExpressions;

namespace FlowCompile.Scoring;

/// <summary>F1 over words.</summary>
internal static partial class WordOverlap
{
    public static double F1(string expected, string answer)
    {
        // Any text is the same as itself, whatever it holds.
        if (string.Equals(expected, answer, StringComparison.Ordinal))
        {
            return 1;
        }

        // A text that says yes and goes on is no yes, unless it is done with it: "Yes, it is." Partial credit would reward answering both.
        var (gold, given) = (Verdict(expected), Verdict(answer));
        return gold is not null || given is not null
            ? gold == given ? 1 : 0
            : Math.Max(F1(WordList.Read(expected, parted: false), WordList.Read(answer, parted: false)), F1(WordList.Read(expected, parted: true), WordList.Read(answer, parted: true)));
    }

    private static double F1(List<string> gold, List<string> words)
    {
        var left = gold.GroupBy(word => word, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var common = 0;
        foreach (var word in words)
        {
            if (left.TryGetValue(word, out var count) && count > 0)
            {
                left[word] = count - 1;
                common++;
            }
        }

        var precision = (double)common / words.Count;
        var recall = (double)common / gold.Count;
        return common == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    /// <summary>What a text says where it only says yes, no or noanswer, or says it and closes it with a sign.</summary>
    private static string? Verdict(string text)
    {
        if (WordList.Read(text, parted: false) is [var only])
        {
            return only is "yes" or "no" or "noanswer" ? only : null;
        }

        var first = Closed().Match(text);
        return first.Success && !Other(first.Groups[1].Value).IsMatch(text[first.Length..]) ? first.Groups[1].Value.ToLowerInvariant() : null;
    }

    private static Regex Other(string verdict) => verdict.StartsWith("n", StringComparison.OrdinalIgnoreCase) ? Yes() : No();

    [GeneratedRegex(@"^\W*(yes|no)\s*[,.;:!\u2014](?!\s*\d)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Closed();

    [GeneratedRegex(@"\byes\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Yes();

    [GeneratedRegex(@"\b(?:no|not)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex No();
}
