namespace FlowCompile.Scoring;

/// <summary>The ways in which an answer can be read: a comma between digits groups them or separates numbers.</summary>
internal sealed class AnswerReadings
{
    private readonly string _text;

    public AnswerReadings(string text)
    {
        _text = text;
        IsMathematics = TryRead(Commas.Group, new Algebra()) is { } answer && answer is not MathAnswer.Verdict;
    }

    /// <summary>Whether it is mathematics, not only words.</summary>
    public bool IsMathematics { get; }

    public bool Match(AnswerReadings other) =>
        Match(other, Commas.Group, Commas.Group)
        || (HasCommas(_text) && HasCommas(other._text) && Match(other, Commas.Separate, Commas.Separate))
        || (HasCommas(_text) && Match(other, Commas.Separate, Commas.Group))
        || (HasCommas(other._text) && Match(other, Commas.Group, Commas.Separate));

    private bool Match(AnswerReadings other, Commas mine, Commas others)
    {
        var algebra = new Algebra();
        try
        {
            return TryRead(mine, algebra) is { } a && other.TryRead(others, algebra) is { } b && new AnswerComparer(algebra).AreEqual(a, b);
        }
        catch (MathFormatException)
        {
            return false;
        }
    }

    private MathAnswer? TryRead(Commas commas, Algebra algebra)
    {
        try
        {
            return AnswerForms.Read(_text, commas, algebra);
        }
        catch (MathFormatException)
        {
            return null;
        }
    }

    // A comma right between digits.
    private static bool HasCommas(string text)
    {
        for (var i = 1; i + 1 < text.Length; i++)
        {
            if (text[i] == ',' && char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(text[i + 1]))
            {
                return true;
            }
        }

        return false;
    }
}
