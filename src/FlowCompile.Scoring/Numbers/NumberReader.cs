using System.Globalization;
using System.Numerics;

namespace FlowCompile.Scoring;

/// <summary>Reads a number without sign in any of its notations: grouped digits, decimals, repeating decimals, powers of ten.</summary>
internal static class NumberReader
{
    /// <summary>The most digits of a number, and the largest power of ten: beyond, it is no answer, and would only cost memory.</summary>
    public const int MaxDigits = 400;
    private const int MaxRepeating = 40;
    private static readonly string[] s_groupings = [",\\!", "{,}", "\\,", "\\ ", "\\;", "\\:", "{ }", " ", ",", "'", "~", "_"];
    private static readonly string[] s_endless = ["...", "\\ldots", "\\dots", "\\cdots", "{...}"];

    /// <summary>Whether a number starts there.</summary>
    public static bool StartsAt(string text, int at) => at < text.Length
        && (char.IsAsciiDigit(text[at]) || (text[at] == '.' && at + 1 < text.Length && (char.IsAsciiDigit(text[at + 1]) || IsAt(text, at + 1, "\\overline{") || IsAt(text, at + 1, "\\dot{"))));

    /// <summary>Reads the number that starts there.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where it starts.</param>
    /// <param name="commas">What commas mean.</param>
    /// <param name="bracketed">Whether it stands in brackets, where a bare comma separates.</param>
    /// <exception cref="MathFormatException">It is too long.</exception>
    public static NumberInText Read(string text, int at, Commas commas, bool bracketed)
    {
        var (digits, end) = Whole(text, at, commas, bracketed, out var comma);
        var places = 0;
        if (DecimalSign(text, end, commas, comma, bracketed) is > 0 and var sign)
        {
            var start = end + sign;
            end = Digits(text, start);
            places = end - start;
            digits += text[start..end];
        }

        if (digits.Length > MaxDigits)
        {
            throw new MathFormatException("too long a number");
        }

        var value = Rational.Of(BigInteger.Parse("0" + digits, CultureInfo.InvariantCulture), BigInteger.Pow(10, places));
        if (end > at && Repeating(text, ref end, digits[^places..], places) is { } repeating)
        {
            value += repeating;
        }
        else if (Power(text, end) is ({ } power, var after))
        {
            end = after;
            value *= power < 0 ? Rational.Of(1, BigInteger.Pow(10, -power)) : (Rational)BigInteger.Pow(10, power);
        }

        return new NumberInText(value, digits, at, end);
    }

    private static (string Digits, int End) Whole(string text, int at, Commas commas, bool bracketed, out bool decimalComma)
    {
        decimalComma = false;
        var end = Digits(text, at);
        var first = text[at..end];
        if (first.Length is < 1 or > 3 || first[0] == '0')
        {
            return (first, end);
        }

        foreach (var separator in s_groupings)
        {
            if (IsAt(text, end, separator) && Grouped(text, end, separator, out var after) is { } groups)
            {
                var bare = separator == ",";
                var more = bare && after + 1 < text.Length && text[after] == ',' && char.IsAsciiDigit(text[after + 1]);
                if (more || (bare && (bracketed || (commas == Commas.Separate && at > 1 && text[at - 1] == ',') || commas == Commas.Decimal || (commas == Commas.Separate && groups.Length > 3))))
                {
                    return (first, end);
                }

                decimalComma = !bare && after + 1 < text.Length && text[after] == ',' && char.IsAsciiDigit(text[after + 1]);
                return (first + groups, after);
            }
        }

        return Indian(text, end, commas, bracketed) is (var lakhs, var stop) ? (first + lakhs, stop)
            : Dotted(text, end) is (var dotted, var last) ? (first + dotted, Marked(last, out decimalComma))
            : (first, end);

        static int Marked(int position, out bool mark)
        {
            mark = true;
            return position;
        }
    }

    /// <summary>Groups of three digits after a separator, all with the same.</summary>
    private static string? Grouped(string text, int at, string separator, out int after)
    {
        var groups = "";
        after = at;
        while (groups.Length < MaxDigits && IsAt(text, after, separator) && Digits(text, after + separator.Length) == after + separator.Length + 3)
        {
            groups += text.Substring(after + separator.Length, 3);
            after += separator.Length + 3;
        }

        return groups.Length == 0 ? null : groups;
    }

    /// <summary>1,20,000: groups of two digits, and three at the end.</summary>
    private static (string Digits, int End)? Indian(string text, int at, Commas commas, bool bracketed)
    {
        if (bracketed || commas == Commas.Decimal)
        {
            return null;
        }

        var groups = "";
        while (groups.Length < 30 && IsAt(text, at, ",") && Digits(text, at + 1) == at + 3)
        {
            groups += text.Substring(at + 1, 2);
            at += 3;
        }

        return groups.Length > 0 && IsAt(text, at, ",") && Digits(text, at + 1) == at + 4 && !(at + 5 < text.Length && text[at + 4] == ',' && char.IsAsciiDigit(text[at + 5]))
            ? (string.Concat(groups, text.AsSpan(at + 1, 3)), at + 4)
            : null;
    }

    /// <summary>1.234,56 and 1.234.567: full stops that group, since a comma or another full stop says so.</summary>
    private static (string Digits, int End)? Dotted(string text, int at) =>
        IsAt(text, at, ".") && Grouped(text, at, ".", out var after) is { } groups
        && (groups.Length > 3 ? !(IsAt(text, after, ".") && Digits(text, after + 1) > after + 1) : IsAt(text, after, ",") && Digits(text, after + 1) is var end && end > after + 1 && end != after + 4)
            ? (groups, after)
            : null;

    private static int DecimalSign(string text, int at, Commas commas, bool comma, bool bracketed)
    {
        if (comma || commas == Commas.Decimal)
        {
            return at + 1 < text.Length && text[at] == ',' && char.IsAsciiDigit(text[at + 1]) ? 1 : commas == Commas.Decimal ? Point(text, at) : 0;
        }

        // A comma behind a single 0 is decimal: no group of digits starts with it.
        if (commas == Commas.Group && !bracketed && IsAt(text, at, ",") && at > 0 && text[at - 1] == '0' && (at == 1 || !(char.IsAsciiDigit(text[at - 2]) || text[at - 2] is ',' or '.'))
            && Digits(text, at + 1) is var after && after > at + 1 && !(IsAt(text, after, ",") || IsAt(text, after, ".") && Digits(text, after + 1) > after + 1))
        {
            return 1;
        }

        return IsAt(text, at, "{,}") && Digits(text, at + 3) > at + 3 ? 3 : Point(text, at);
    }

    // A full stop at the end of the digits belongs to them; three are an ellipsis, unless digits came between.
    private static int Point(string text, int at) => IsAt(text, at, ".") && !IsAt(text, at + 1, ".") ? 1 : 0;

    /// <summary>What a repeating part adds.</summary>
    private static Rational? Repeating(string text, ref int end, string decimals, int places)
    {
        string? block = null;
        var (after, before) = (end, places);
        if (IsAt(text, end, "\\overline{") || IsAt(text, end, "\\bar{"))
        {
            block = Braced(text, text.IndexOf('{', end), out after);
        }
        else if (IsAt(text, end, "\\dot{"))
        {
            block = Dots(text, end, out after);
        }
        else if (IsAt(text, end, "(") && end > 0 && (text[end - 1] == '.' || places > 0))
        {
            var close = Digits(text, end + 1);
            block = close > end + 1 && IsAt(text, close, ")") ? text[(end + 1)..close] : null;
            after = close + 1;
        }
        else if (places > 2 && s_endless.FirstOrDefault(endless => IsAt(text, text[after..].Length > 0 && text[after] == ' ' ? after + 1 : after, endless)) is { } found)
        {
            block = Repeated(decimals);
            after = end + (text[end] == ' ' ? 1 : 0) + found.Length;
        }

        if (block is null || block.Length is 0 or > MaxRepeating)
        {
            return null;
        }

        end = after;

        // What repeats goes on where the digits end: 0.1 and then 6 for ever is 1/10 + 6/90.
        return Rational.Of(BigInteger.Parse(block, NumberStyles.None, CultureInfo.InvariantCulture), BigInteger.Pow(10, before) * (BigInteger.Pow(10, block.Length) - 1));
    }

    private static string? Braced(string text, int open, out int after)
    {
        var close = Digits(text, open + 1);
        after = close + 1;
        return close > open + 1 && IsAt(text, close, "}") ? text[(open + 1)..close] : null;
    }

    // \dot{1}4285\dot{7}
    private static string? Dots(string text, int at, out int after)
    {
        var first = Braced(text, at + 4, out after);
        var middle = Digits(text, after);
        if (first is null || !IsAt(text, middle, "\\dot{"))
        {
            return first is null ? null : middle == after ? first : null;
        }

        var between = text[after..middle];
        return Braced(text, middle + 4, out after) is { } last ? first + between + last : null;
    }

    /// <summary>The shortest block that the decimals end with at least three times, or twice where it is longer than one digit.</summary>
    private static string? Repeated(string decimals)
    {
        for (var length = 1; length <= Math.Min(MaxRepeating, decimals.Length / 2); length++)
        {
            var block = decimals[^length..];
            var times = 1;
            while (decimals.Length >= (times + 1) * length && decimals.AsSpan(decimals.Length - ((times + 1) * length), length).SequenceEqual(block))
            {
                times++;
            }

            if (times >= (length == 1 ? 3 : 2))
            {
                return block;
            }
        }

        return null;
    }

    /// <summary>The power of ten after an e: 2.5e-3.</summary>
    private static (int? Power, int End) Power(string text, int at)
    {
        if (at == 0 || !(IsAt(text, at, "e") || IsAt(text, at, "E")) || !(char.IsAsciiDigit(text[at - 1]) || text[at - 1] == '.'))
        {
            return (null, at);
        }

        var sign = at + 1 < text.Length && text[at + 1] is '+' or '-' ? 1 : 0;
        var end = Digits(text, at + 1 + sign);
        return end == at + 1 + sign || (end < text.Length && char.IsAsciiLetter(text[end])) ? (null, at)
            : end - at < 9 && int.Parse(text.AsSpan(at + 1, end - at - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) is >= -MaxDigits and <= MaxDigits and var power ? (power, end)
            : throw new MathFormatException("too large a number");
    }

    private static int Digits(string text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsAt(string text, int at, string piece) => at <= text.Length && string.CompareOrdinal(text, at, piece, 0, piece.Length) == 0;
}
