namespace FlowCompile.Scoring;

/// <summary>Equality of texts, white space aside.</summary>
internal static class ExactMatch
{
    public static bool Matches(ReadOnlySpan<char> expected, ReadOnlySpan<char> answer, bool ignoreCase)
    {
        var left = expected.Trim();
        var right = answer.Trim();
        while (!left.IsEmpty && !right.IsEmpty)
        {
            var a = TakeWord(ref left);
            var b = TakeWord(ref right);
            if (!a.Equals(b, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
            {
                return false;
            }
        }

        return left.IsEmpty && right.IsEmpty;
    }

    private static ReadOnlySpan<char> TakeWord(ref ReadOnlySpan<char> text)
    {
        var end = 0;
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        var word = text[..end];
        text = text[end..].TrimStart();
        return word;
    }
}
