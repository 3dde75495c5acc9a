using System.Text;

namespace FlowCompile.Scoring;

/// <summary>F1 over words.</summary>
internal static class WordOverlap
{
    public static double F1(string expected, string answer)
    {
        var gold = Words(expected);
        var words = Words(answer);

        // A text that says yes and goes on is no yes: partial credit would reward answering both.
        if (IsVerdict(gold) || IsVerdict(words) || gold.Count == 0 || words.Count == 0)
        {
            return gold.SequenceEqual(words, StringComparer.Ordinal) && (gold.Count > 0 || expected.Length > 0 == answer.Length > 0) ? 1 : 0;
        }

        var left = gold.CountBy(word => word, StringComparer.Ordinal);
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

    private static Dictionary<string, int> CountBy(this List<string> words, Func<string, string> key, StringComparer comparer) =>
        words.GroupBy(key, comparer).ToDictionary(group => group.Key, group => group.Count(), comparer);

    private static bool IsVerdict(List<string> words) => words is ["yes" or "no" or "noanswer"];

    private static List<string> Words(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsAscii(c) || !char.IsPunctuation(c) && !char.IsSymbol(c))
            {
                plain.Append(char.ToLowerInvariant(c));
            }
        }

        return [.. plain.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => word is not ("a" or "an" or "the"))];
    }
}
