using System.Text;

namespace FlowCompile.Scoring;

/// <summary>Decides whether two answers, as written, are mathematically the same.</summary>
internal static class MathAnswers
{
    public static bool AreEquivalent(string expected, string answer)
    {
        var gold = AnswerText.Normalize(expected);
        foreach (var candidate in AnswerText.Candidates(answer))
        {
            var text = AnswerText.Normalize(candidate);
            if (text.Length > 0 && (Squeezed(text) == Squeezed(gold) || AreEqual(gold, text, thousands: true) || AreEqual(gold, text, thousands: false)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AreEqual(string gold, string text, bool thousands)
    {
        try
        {
            var algebra = new Algebra();
            return new AnswerComparer(algebra).AreEqual(AnswerParser.Read(gold, thousands, algebra), AnswerParser.Read(text, thousands, algebra));
        }
        catch (MathFormatException)
        {
            return false;
        }
    }

    /// <summary>The text without white space, for answers that are no mathematics that is known here.</summary>
    private static string Squeezed(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c))
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }
}
