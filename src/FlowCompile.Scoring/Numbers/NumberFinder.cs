using System.Text.RegularExpressions;

namespace FlowCompile.Scoring;

/// <summary>Finds the number that a text gives as its answer.</summary>
internal static partial class NumberFinder
{
    public static bool TryFind(string text, out Rational number)
    {
        text = Envelope.Open(PlainText.Of(text));
        if (BoxedText.Last(text) is { Count: > 0 } boxes)
        {
            return TryBoxed(boxes[^1], out number);
        }

        if (Envelope.Tagged(text) is { } tagged)
        {
            return TryBoxed(tagged, out number);
        }

        var denied = false;
        foreach (var rest in AnswerMarks.Announced(text))
        {
            if (Denials.WithoutDenial(rest) is not { } statement)
            {
                denied = true;
            }
            else if (TryFirst(Sentences.First(statement), out number) || TryFirst(TrailingText.Cut(statement), out number))
            {
                return true;
            }
        }

        number = default;
        return !denied && TryLast(TrailingText.Cut(text), out number);
    }

    // What is boxed is the answer as a whole: a root in it is no number.
    private static bool TryBoxed(string content, out Rational number)
    {
        if (AnswerText.Normalize(content) is { Length: > 0 } text && NumberValue.IsMathematics(text, out var value))
        {
            number = value ?? default;
            return value is not null;
        }

        return TryLast(content, out number);
    }

    private static bool TryFirst(string clause, out Rational number)
    {
        if (TryFormula(clause, out number))
        {
            return true;
        }

        var numbers = NumberScanner.Read(clause);
        var equals = clause.LastIndexOf('=');
        return TryPick(numbers.Where(found => found.Start > equals), out number) || TryPick(numbers, out number);
    }

    private static bool TryPick(IEnumerable<FoundNumber> numbers, out Rational number)
    {
        var ordered = numbers.OrderBy(found => !found.IsSure).ToList();
        number = ordered.Count > 0 ? ordered[0].Value : default;
        return ordered.Count > 0;
    }

    private static bool TryLast(string text, out Rational number)
    {
        if (TryFormula(text, out number))
        {
            return true;
        }

        return TryPick(Enumerable.Reverse(NumberScanner.Read(text)), out number);
    }

    // A text that is one formula: 2 x 10^3, x = 1 1/2, \frac{3}{4}.
    private static bool TryFormula(string text, out Rational number)
    {
        number = default;
        text = AfterNumber().Replace(AnswerText.Normalize(text), "");
        return Operators().IsMatch(text) && Words().Count(text) <= 1 && NumberValue.IsMathematics(text, out var value) && (number = value ?? default) is var _ && value is not null;
    }

    // "60 (2 × 30)", "50 ± 2": what says more of a number.
    [GeneratedRegex(@"(?<=[\d)%}])\s*(?:(?:±|\+/-|\\pm).*|\s\([^()]*\)\s*)$", RegexOptions.Singleline)]
    private static partial Regex AfterNumber();

    [GeneratedRegex(@"[\\^*/×·÷√=]|\d\s*[xX]\s*\d")]
    private static partial Regex Operators();

    [GeneratedRegex(@"(?<![\\A-Za-z{])\p{L}{2,}")]
    private static partial Regex Words();
}
