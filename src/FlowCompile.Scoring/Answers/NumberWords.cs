namespace FlowCompile.Scoring;

/// <summary>Numbers as words.</summary>
internal static class NumberWords
{
    private static readonly string[] s_words =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"];

    /// <summary>The base that a token names, in digits or as a word.</summary>
    public static int? Read(MathToken token) => token.Kind switch
    {
        MathTokenKind.Number when token.Value.IsWhole && token.Value.Top > 1 && token.Value.Top <= 64 => (int)token.Value.Top,
        MathTokenKind.Word => Array.IndexOf(s_words, token.Text.ToLowerInvariant()) is > 1 and var number ? number : null,
        _ => null,
    };
}
