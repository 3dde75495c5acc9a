using System.Text;
using System.Text.RegularExpressions;

namespace FlowCompile.Scoring;

/// <summary>Brings constructions that can be written in two ways into the one that is read.</summary>
internal static partial class LatexForms
{
    public static string Rewrite(string text)
    {
        text = RealNumbers().Replace(text, "\\mathbb{R} ");
        text = Speaker().Replace(text, "");
        text = Article().Replace(text, "");
        text = Slashed().Replace(text, "\\frac{$1}{$2}");
        text = AtLeast().Replace(text, "≥");
        text = AtMost().Replace(text, "≤");
        text = Above().Replace(text, ">");
        text = Below().Replace(text, "<");
        text = Lined().Replace(text, "\\$1{$2}");
        text = DollarOf().Replace(text, "\\$");
        text = PerCent().Replace(text, "percent");
        text = text.Replace("\\cr", "\\\\", StringComparison.Ordinal).Replace("\\mathbb R", "\\mathbb{R}", StringComparison.Ordinal);
        foreach (var name in (ReadOnlySpan<string>)["matrix", "pmatrix", "bmatrix", "vmatrix"])
        {
            text = Environment(text, name);
        }

        return text;
    }

    // \pmatrix{1&2\cr3&4} is \begin{pmatrix}1&2\\3&4\end{pmatrix}.
    private static string Environment(string text, string name)
    {
        var command = $"\\{name}{{";
        var at = text.IndexOf(command, StringComparison.Ordinal);
        return at >= 0 && BoxedText.Content(text, at + command.Length - 1) is { } content
            ? new StringBuilder(text, 0, at, text.Length + 40).Append("\\begin{").Append(name).Append('}').Append(content).Append("\\end{").Append(name).Append('}')
                .Append(text, at + command.Length + content.Length + 1, text.Length - (at + command.Length + content.Length + 1)).ToString()
            : text;
    }

    // "I got 42"
    [GeneratedRegex(@"^(?:I|We|we)(?:'[a-z]{1,2})?\s+(?=[a-z]{2})")]
    private static partial Regex Speaker();

    // "a parallelogram", but not a sin x
    [GeneratedRegex(@"(?<![\w\\{^_+*/=)-])[aA]n?\s+(?=[a-z]{4,})(?!sqrt|sinh|cosh|tanh|plus|over|times|minus|arc|half|third|quarter|fourth|fifth)")]
    private static partial Regex Article();

    // ^3/_4
    [GeneratedRegex(@"(?:\{\})?\^\{?(\d{1,9})\}?\s*/\s*_\{?(\d{1,9})\}?")]
    private static partial Regex Slashed();

    // A bound is no number: of what it is one must stand before.
    [GeneratedRegex(@"\b(?:(?:is|are|be) )?(?:at least|no less than|not less than|greater than or equal to|more than or equal to)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AtLeast();

    [GeneratedRegex(@"\b(?:(?:is|are|be) )?(?:at most|no more than|not more than|less than or equal to|up to)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AtMost();

    [GeneratedRegex(@"\b(?:(?:is|are|be) )?(?:strictly )?(?:greater|more|larger|higher) than\b", RegexOptions.IgnoreCase)]
    private static partial Regex Above();

    [GeneratedRegex(@"\b(?:(?:is|are|be) )?(?:strictly )?(?:less|fewer|smaller|lower) than\b", RegexOptions.IgnoreCase)]
    private static partial Regex Below();

    // 0.\overline3
    [GeneratedRegex(@"\\(overline|bar|dot)\s*(\d)")]
    private static partial Regex Lined();

    // US$ 5
    [GeneratedRegex(@"\b(?:US|A|AU|C|CA|NZ|HK|S)\s?\\?\$")]
    private static partial Regex DollarOf();

    [GeneratedRegex(@"\bper cents?\b", RegexOptions.IgnoreCase)]
    private static partial Regex PerCent();

    [GeneratedRegex(@"\b(?:all |every |any )?(?:of )?(?:the )?reals?(?: numbers?)\b|\b(?:all |every |any )(?:the )?reals?\b", RegexOptions.IgnoreCase)]
    private static partial Regex RealNumbers();
}
