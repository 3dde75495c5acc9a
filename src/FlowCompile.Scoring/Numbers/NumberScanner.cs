using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace FlowCompile.Scoring;

/// <summary>Finds the numbers of a text, each as a whole: with its sign, as a fraction or mixed number, with its power of ten.</summary>
internal static partial class NumberScanner
{
    private const int MaxNumbers = 2_000;
    private static readonly SearchValues<char> s_number = SearchValues.Create("0123456789eE+-.,");

    public static List<FoundNumber> Read(string text)
    {
        var found = new List<FoundNumber>();
        var formulas = Formula.All(text);
        var next = 0;
        for (var at = 0; at < text.Length && found.Count < MaxNumbers;)
        {
            while (next < formulas.Count && formulas[next].Start < at)
            {
                next++;
            }

            if (next < formulas.Count && formulas[next].Start == at && NumberValue.IsMathematics(formulas[next].Content.Trim(), out var value))
            {
                if (value is { } number && !Denials.EndsDenied(text, at))
                {
                    found.Add(new FoundNumber(number, at, true));
                }

                at = formulas[next].End;
            }
            else if (NumberReader.StartsAt(text, at))
            {
                at = Add(found, text, at);
            }
            else if (Fraction().Match(text, at) is { Success: true } fraction && fraction.Index == at)
            {
                if (TryFraction(fraction) is { } part)
                {
                    found.Add(new FoundNumber(Signed(text, at, part), at, IsSure(text, at, at + fraction.Length, found)));
                }

                at += fraction.Length;
            }
            else
            {
                at++;
            }
        }

        return found;
    }

    private static int Add(List<FoundNumber> found, string text, int at)
    {
        NumberInText number;
        try
        {
            number = NumberReader.Read(text, at, CommasAt(text, at), bracketed: false);
        }
        catch (MathFormatException)
        {
            var length = text.AsSpan(at).IndexOfAnyExcept(s_number);
            return length < 0 ? text.Length : at + length;
        }

        var (value, end) = Extended(text, number);
        var sure = IsSure(text, at, end, found);
        if (!Denials.EndsDenied(text, at) && !(DeniedBehind().Match(text, end) is { Success: true } denial && denial.Index == end))
        {
            found.Add(new FoundNumber(Signed(text, at, value), at, sure));
        }

        return end;
    }

    /// <summary>3,5 alone is a decimal number; 3,500 and 3,5,7 are not.</summary>
    private static Commas CommasAt(string text, int at) => DecimalComma().Match(text, at) is { Success: true } match && match.Index == at ? Commas.Decimal : Commas.Group;

    private static (Rational Value, int End) Extended(string text, NumberInText number)
    {
        var (value, end) = (number.Value, number.End);
        if (number.Value.IsWhole && Mixed().Match(text, end) is { Success: true } mixed && mixed.Index == end && TryFraction(mixed) is { } part && part.CompareTo(Rational.One) < 0)
        {
            return (value + part, end + mixed.Length);
        }

        if (Below().Match(text, end) is { Success: true } below && below.Index == end && Bottom().Match(text, end + below.Length) is { Success: true } bottom && BigInteger.Parse(bottom.Value, CultureInfo.InvariantCulture) is { IsZero: false } divisor)
        {
            return (value / divisor, end + below.Length + bottom.Length);
        }

        if (Power().Match(text, end) is { Success: true } power && power.Index == end
            && int.TryParse(power.Groups[1].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent) && Math.Abs(exponent) <= NumberReader.MaxDigits)
        {
            return (value * Rational.Of(BigInteger.Pow(10, Math.Max(0, exponent)), BigInteger.Pow(10, Math.Max(0, -exponent))), end + power.Length);
        }

        if (Time().Match(text, end) is { Success: true } time && time.Index == end && number.Value.IsWhole && number.Value.CompareTo(25) < 0)
        {
            return (value + Rational.Of(int.Parse(time.Groups[1].Value, CultureInfo.InvariantCulture), 60), end + time.Length);
        }

        return Scale().Match(text, end) is { Success: true } scale && scale.Index == end
            ? (value * BigInteger.Pow(10, scale.Value.Trim().ToUpperInvariant() switch { "K" or "THOUSAND" => 3, "M" or "MILLION" => 6, "B" or "BILLION" => 9, _ => 12 }), end + scale.Length)
            : (value, end);
    }

    private static Rational? TryFraction(Match match) =>
        BigInteger.Parse(match.Groups["top"].Value, CultureInfo.InvariantCulture) is var top && BigInteger.Parse(match.Groups["bottom"].Value, CultureInfo.InvariantCulture) is { IsZero: false } bottom
            ? Rational.Of(top, bottom)
            : null;

    private static bool IsSure(string text, int start, int end, List<FoundNumber> found)
    {
        var before = text.AsSpan(Math.Max(0, start - 40), Math.Min(40, start));
        var last = before.Length > 0 ? before[^1] : ' ';

        // km2, x_2, x^2, 3^{2}, [1], ± 2, the list's own "1."
        if (char.IsLetter(last) || last is '_' or '^' || before.EndsWith("^{") || before.EndsWith("_{") || before.EndsWith("^-") || before.EndsWith("^{-")
            || (last == '[' && end < text.Length && text[end] == ']')
            || before.TrimEnd().EndsWith("±") || before.TrimEnd().EndsWith("+/-") || before.TrimEnd().EndsWith("\\pm"))
        {
            return false;
        }

        if ((start == 0 || text[start - 1] == '\n') && end + 1 < text.Length && text[end - 1] == '.' | text[end] == ')' && Item().Match(text, end) is { Success: true } item && item.Index == end)
        {
            return false;
        }

        // "7 of 10" gives the 7, and what stands in brackets says more of the number before.
        return !found.Exists(other => other.IsSure) || !(OfWhole().IsMatch(before) || IsInBrackets(text, start));
    }

    private static bool IsInBrackets(string text, int at)
    {
        var (depth, first) = (0, Math.Max(0, at - 200));
        for (var i = at - 1; i >= first && text[i] != '\n'; i--)
        {
            depth += text[i] == ')' ? 1 : text[i] == '(' ? -1 : 0;
            if (depth < 0)
            {
                return i > 0 && text[i - 1] is ' ' or '*';
            }
        }

        return false;
    }

    private static Rational Signed(string text, int start, Rational value)
    {
        var before = text.AsSpan(Math.Max(0, start - 20), Math.Min(20, start)).TrimEnd(" $\\€£¥₹");

        // A hyphen after a letter or a digit joins or subtracts; it is no sign.
        var hyphen = before is [.., '-'] && before[..^1].TrimEnd() is not [.., >= '0' and <= '9'] && (before.Length < 2 || !(char.IsLetterOrDigit(before[^2]) || before[^2] is ')' or '-'));
        return hyphen || before.EndsWith(" minus", StringComparison.OrdinalIgnoreCase) || before.EndsWith("negative", StringComparison.OrdinalIgnoreCase) || before.Equals("minus", StringComparison.OrdinalIgnoreCase)
            ? -value
            : value;
    }

    [GeneratedRegex(@"\G\\[dtc]?frac\s*(?:\{(?<top>\d{1,60})\}|(?<top>\d))\s*(?:\{(?<bottom>\d{1,60})\}|(?<bottom>\d))")]
    private static partial Regex Fraction();

    [GeneratedRegex(@"\G(?:[ -](?:and )?(?<top>\d{1,9})/(?<bottom>\d{1,9})(?![\d/])|\s*\\[dtc]?frac\s*\{(?<top>\d{1,60})\}\s*\{(?<bottom>\d{1,60})\})")]
    private static partial Regex Mixed();

    [GeneratedRegex(@"\G\s?[/⁄]\s?(?=\d)")]
    private static partial Regex Below();

    [GeneratedRegex(@"\G\d{1,60}(?![\d.])")]
    private static partial Regex Bottom();

    [GeneratedRegex(@"\G\s*(?:×|x|X|\*|·|\\times|\\cdot)\s*10\s*(?:\^|\*\*)\s*\{?\s*([+-]?\d{1,4})\s*\}?")]
    private static partial Regex Power();

    [GeneratedRegex(@"\G:([0-5]\d)(?!\d)(?::[0-5]\d(?!\d))?")]
    private static partial Regex Time();

    [GeneratedRegex(@"\G(?:[kKMB](?![A-Za-z0-9])|\s(?:thousand|million|billion|trillion)\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Scale();

    [GeneratedRegex(@"\G\d+,(?!\d{3}(?!\d))\d+(?![\d]|,\d)")]
    private static partial Regex DecimalComma();

    [GeneratedRegex(@"\d\S*\s+(?:[\p{L}%]+\s+)?(?:out\s+)?of\s+(?:the\s+|a total of\s+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex OfWhole();

    // "4 is not the answer"
    [GeneratedRegex(@"\G\s+(?:(?:is|was)(?:n't\b| not\b)|(?:is|was|must be|would be) (?:wrong|incorrect|false|impossible|too (?:large|small|big|high|low|many|much))\b|(?:cannot|can not|can't|could not|couldn't) be(?: (?:right|correct|true|it|the answer))?\s*(?:$|[.,;!]))", RegexOptions.IgnoreCase)]
    private static partial Regex DeniedBehind();

    [GeneratedRegex(@"\G\)?\s+\p{L}")]
    private static partial Regex Item();
}
