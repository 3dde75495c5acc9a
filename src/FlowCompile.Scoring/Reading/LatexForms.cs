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
    [GeneratedRegex(@"^I\s+(?=[a-z]{2})")]
    private static partial Regex Speaker();

    // US$ 5
    [GeneratedRegex(@"\b(?:US|A|AU|C|CA|NZ|HK|S)\s?\\?\$")]
    private static partial Regex DollarOf();

    [GeneratedRegex(@"\bper cents?\b", RegexOptions.IgnoreCase)]
    private static partial Regex PerCent();

    [GeneratedRegex(@"\b(?:all |every |any )?(?:of )?(?:the )?reals?(?: numbers?)\b|\b(?:all |every |any )(?:the )?reals?\b", RegexOptions.IgnoreCase)]
    private static partial Regex RealNumbers();
}
