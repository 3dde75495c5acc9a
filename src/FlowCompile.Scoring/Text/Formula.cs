using System.Text;

namespace FlowCompile.Scoring;

/// <summary>A formula in a text.</summary>
/// <param name="Start">Where it starts, its sign included.</param>
/// <param name="End">Where it ends, its sign included.</param>
/// <param name="Content">What stands between the signs.</param>
internal readonly record struct Formula(int Start, int End, string Content)
{
    private static readonly (string Open, string Close)[] s_signs =
    [
        ("$$", "$$"), ("\\[", "\\]"), ("\\(", "\\)"), ("$", "$"), ("\\begin{equation}", "\\end{equation}"), ("\\begin{equation*}", "\\end{equation*}"), ("\\begin{align}", "\\end{align}"),
        ("\\begin{align*}", "\\end{align*}"), ("\\begin{gather}", "\\end{gather}"), ("\\begin{gather*}", "\\end{gather*}"), ("\\begin{displaymath}", "\\end{displaymath}"),
        ("\\begin{eqnarray*}", "\\end{eqnarray*}"), ("\\begin{eqnarray}", "\\end{eqnarray}"),
    ];

    /// <summary>The formulas of a text: between dollar signs, \( and \), \[ and \], over as many lines as they take.</summary>
    public static List<Formula> All(string text)
    {
        var formulas = new List<Formula>();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is not ('$' or '\\') || At(text, at) is not { } formula)
            {
                // A sign behind a backslash is none.
                at += text[at] == '\\' ? 1 : 0;
                continue;
            }

            formulas.Add(formula);
            at = formula.End - 1;
        }

        return formulas;
    }

    /// <summary>The text with the signs of its formulas replaced by blanks.</summary>
    public static string WithoutSigns(string text)
    {
        var formulas = All(text);
        if (formulas.Count == 0)
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        var at = 0;
        foreach (var formula in formulas)
        {
            plain.Append(text, at, formula.Start - at).Append(' ').Append(formula.Content).Append(' ');
            at = formula.End;
        }

        return plain.Append(text, at, text.Length - at).ToString();
    }

    private static Formula? At(string text, int at)
    {
        foreach (var (open, close) in s_signs)
        {
            if (string.CompareOrdinal(text, at, open, 0, open.Length) != 0)
            {
                continue;
            }

            var end = Close(text, at + open.Length, close);
            if (end > at + open.Length)
            {
                return new Formula(at, end + close.Length, text[(at + open.Length)..end]);
            }
        }

        return null;
    }

    private static int Close(string text, int start, string close)
    {
        for (var end = start; (end = text.IndexOf(close, end, StringComparison.Ordinal)) >= 0; end += close.Length)
        {
            if (text[end - 1] == '\\' && close[0] == '$')
            {
                continue;
            }

            // One dollar sign is money where what would be the formula starts with a digit and ends with a blank or before a digit.
            return close == "$" && (IsMoney(text, start, end) || text.AsSpan(start, end - start).Contains("\n\n", StringComparison.Ordinal)) ? -1 : end;
        }

        return -1;
    }

    private static bool IsMoney(string text, int start, int end) =>
        (end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]) && char.IsAsciiDigit(text[start])) || (text[end - 1] is ' ' or '(' && text[start] != ' ');
}
