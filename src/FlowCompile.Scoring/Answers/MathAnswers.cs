using System.Text;

namespace FlowCompile.Scoring;

/// <summary>Decides whether two answers, as written, are mathematically the same.</summary>
internal static class MathAnswers
{
    private static readonly string[] s_articles = ["a ", "an ", "the "];

    public static bool AreEquivalent(string expected, string answer)
    {
        // Any text is the same as itself, whatever it holds.
        if (string.Equals(expected, answer, StringComparison.Ordinal))
        {
            return expected.Length > 0;
        }

        var gold = Gold(PlainText.Of(expected));
        if (gold.Length == 0)
        {
            return false;
        }

        var wanted = new AnswerReadings(gold);
        foreach (var text in AnswerText.Candidates(PlainText.Of(answer)).Select(AnswerText.Normalize).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal))
        {
            var given = new AnswerReadings(text);
            if (SameText(gold, text) || wanted.Match(given))
            {
                return true;
            }

            // What reads as mathematics is the answer; words may stand around one.
            if (given.IsMathematics)
            {
                return false;
            }
        }

        return false;
    }

    // An expected answer is given bare, or in a box or behind the mark of its benchmark.
    private static string Gold(string expected) => AnswerText.Normalize(
        BoxedText.Last(expected) is { Count: > 0 } boxes ? string.Join(", ", boxes)
        : expected.LastIndexOf("####", StringComparison.Ordinal) is >= 0 and var mark ? expected[(mark + 4)..]
        : expected);

    /// <summary>Whether two texts are one, white space aside, and letter case where they are words.</summary>
    private static bool SameText(string a, string b)
    {
        var (left, right) = (Squeezed(a), Squeezed(b));
        return left == right || (left.Length > 2 && left.All(c => char.IsLetter(c) || c is ' ' or '-') && string.Equals(WithoutArticle(left), WithoutArticle(right), StringComparison.OrdinalIgnoreCase));
    }

    // "It is a Thursday."
    private static string WithoutArticle(string words)
    {
        var article = Array.Find(s_articles, one => words.StartsWith(one, StringComparison.OrdinalIgnoreCase));
        return article is not null && words.Length > article.Length + 2 ? words[article.Length..] : words;
    }

    /// <summary>The text without the white space that says nothing: between letters or digits, and behind a comma between digits, it does.</summary>
    private static string Squeezed(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsWhiteSpace(text[i]))
            {
                if (i > 0 && char.IsWhiteSpace(text[i - 1]) && result.Length > 0 && char.IsLetterOrDigit(text[i])
                    && (char.IsLetterOrDigit(result[^1]) || (result[^1] == ',' && char.IsAsciiDigit(text[i]))))
                {
                    result.Append(' ');
                }

                result.Append(text[i]);
            }
        }

        return result.ToString();
    }
}
