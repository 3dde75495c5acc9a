using System.Globalization;
using System.Numerics;

namespace FlowCompile.Scoring;

/// <summary>Finds the number that a text gives as its answer.</summary>
internal static class NumberInText
{
    // Beyond this an exponent is no answer, and would only cost memory.
    private const int MaxDigits = 400;

    // An answer stands at the end; what is before that many characters does not count.
    private const int MaxText = 16_384;

    public static bool TryFind(string text, out Rational number)
    {
        text = text.Length <= MaxText ? text : text[^MaxText..];
        ReadOnlySpan<char> answer = BoxedText.Last(text) ?? text;
        if (answer.LastIndexOf("####", StringComparison.Ordinal) is >= 0 and var mark)
        {
            answer = answer[(mark + 4)..];
        }

        // From the right: what was found last is the answer.
        var end = answer.LastIndexOfAnyInRange('0', '9') + 1;
        var start = Start(answer, end);
        if (start == end || !TryRead(answer[start..end], out number))
        {
            number = default;
            return false;
        }

        // A fraction of two numbers is one number.
        if (start > 1 && answer[start - 1] == '/' && Start(answer, start - 1) is var top && top < start - 1
            && !number.IsZero && TryRead(answer[top..(start - 1)], out var numerator))
        {
            number = numerator / number;
            start = top;
        }

        number = IsNegative(answer, start) ? -number : number;
        return true;
    }

    private static int Start(ReadOnlySpan<char> text, int end)
    {
        var start = end;
        while (start > 0 && (char.IsAsciiDigit(text[start - 1]) || start < end && IsInside(text, start - 1)))
        {
            start--;
        }

        return start;
    }

    // A separator or an exponent belongs to the number where a digit is on the other side, too.
    private static bool IsInside(ReadOnlySpan<char> text, int at) => text[at] switch
    {
        '.' => true,
        ',' or 'e' or 'E' => at > 0 && char.IsAsciiDigit(text[at - 1]),
        '+' or '-' => at > 1 && text[at - 1] is 'e' or 'E' && char.IsAsciiDigit(text[at - 2]),
        _ => false,
    };

    private static bool IsNegative(ReadOnlySpan<char> text, int start)
    {
        var before = text[..start].TrimEnd(" $\\€£");

        // A hyphen after a letter or a digit joins or subtracts; it is no sign.
        return before is [.., '-' or '\u2212'] && before[..^1].TrimEnd() is not [.., >= '0' and <= '9'] && (before.Length < 2 || !char.IsLetterOrDigit(before[^2]));
    }

    private static bool TryRead(ReadOnlySpan<char> digits, out Rational number)
    {
        number = default;
        var text = digits.ToString();
        var power = 0;
        if (text.IndexOfAny(['e', 'E']) is >= 0 and var e)
        {
            if (!int.TryParse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out power))
            {
                return false;
            }

            text = text[..e];
        }

        text = text.Replace(",", "", StringComparison.Ordinal);
        var point = text.LastIndexOf('.');
        var places = point < 0 ? 0 : text.Length - point - 1;
        text = text.Replace(".", "", StringComparison.Ordinal);
        if (text.Length is 0 or > MaxDigits || Math.Abs((long)power) > MaxDigits)
        {
            return false;
        }

        var scale = power - places;
        var value = BigInteger.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
        number = Rational.Of(value * BigInteger.Pow(10, Math.Max(0, scale)), BigInteger.Pow(10, Math.Max(0, -scale)));
        return true;
    }
}
