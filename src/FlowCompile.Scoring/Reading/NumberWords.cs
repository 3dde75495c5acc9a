using System.Numerics;

namespace FlowCompile.Scoring;

/// <summary>Numbers as words.</summary>
internal static class NumberWords
{
    private static readonly string[] s_small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
        "nineteen",
    ];

    private static readonly string[] s_tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    private static readonly string[] s_parts = ["", "", "half", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

    /// <summary>The base that a token names, in digits or as a word.</summary>
    public static int? Read(MathToken token) => token.Kind == MathTokenKind.Number && token.Value.IsWhole && token.Value.Top > 1 && token.Value.Top <= 64 ? (int)token.Value.Top : null;

    /// <summary>Whether a word is a number, or the start of one.</summary>
    public static bool IsPart(string word) => Value(word.ToLowerInvariant()) is not null;

    /// <summary>Reads the number that words give: forty-two, one hundred and five, two thirds.</summary>
    /// <param name="words">The words.</param>
    /// <param name="at">Where it starts.</param>
    /// <param name="number">The number.</param>
    /// <param name="taken">How many words it is.</param>
    public static bool TryRead(string[] words, int at, out Rational number, out int taken)
    {
        var parts = new List<(string Word, int Index)>();
        for (var i = at; i < words.Length && parts.Count < 24; i++)
        {
            foreach (var part in words[i].TrimEnd('.').ToLowerInvariant().Split('-', 4))
            {
                parts.Add((part, i));
            }
        }

        var (total, group, end) = (BigInteger.Zero, BigInteger.Zero, 0);
        for (; end < parts.Count; end++)
        {
            var word = parts[end].Word;
            if (Value(word) is { } value && (end == 0 || value < 10 && Follows(group) || Bare(group)))
            {
                group += value;
            }
            else if (word == "hundred" && end > 0 && group > 0 && group < 100)
            {
                group *= 100;
            }
            else if (word is "thousand" or "million" or "billion" && end > 0 && group > 0)
            {
                total += group * BigInteger.Pow(10, word == "thousand" ? 3 : word == "million" ? 6 : 9);
                group = 0;
            }
            else if (!(word == "and" && end > 0 && end + 1 < parts.Count && parts[end - 1].Word is "hundred" or "thousand" && Value(parts[end + 1].Word) is not null))
            {
                break;
            }
        }

        // A hyphenated word is taken whole or not at all.
        while (end > 0 && end < parts.Count && parts[end].Index == parts[end - 1].Index && PartOf(parts[end].Word) == 0)
        {
            end = 0;
        }

        number = total + group;
        if (end > 0 && end < parts.Count && PartOf(parts[end].Word) is > 0 and var below)
        {
            number /= below;
            end++;
        }

        // One and a half.
        if (end > 0 && end + 2 < parts.Count && parts[end].Word == "and" && parts[end + 1].Word is "a" or "one" && PartOf(parts[end + 2].Word) is > 0 and var share)
        {
            number += Rational.Of(1, share);
            end += 3;
        }

        taken = end == 0 ? 0 : parts[end - 1].Index - at + 1;
        return end > 0;

        static bool Follows(BigInteger group) => group >= 20 && group % 10 == 0;
        static bool Bare(BigInteger group) => group.IsZero || group % 100 == 0;
    }

    private static int PartOf(string word) =>
        Math.Max(0, Array.IndexOf(s_parts, word == "halves" ? "half" : word is "quarter" or "quarters" ? "fourth" : word.Length > 4 && word.EndsWith('s') ? word[..^1] : word));

    private static int? Value(string word) => word.Length == 0 ? null
        : Array.IndexOf(s_small, word) is >= 0 and var small ? small
        : Array.IndexOf(s_tens, word) is > 1 and var tens ? tens * 10
        : null;
}
