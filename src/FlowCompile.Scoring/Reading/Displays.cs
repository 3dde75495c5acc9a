using System.Text.RegularExpressions;

namespace FlowCompile.Scoring;

/// <summary>Reads displays over several lines: of a chain the last line is the answer, a system is a list.</summary>
internal static partial class Displays
{
    public static string Rewrite(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        text = System().Replace(text, match => match.Groups[1].Value.Contains('&', StringComparison.Ordinal) ? match.Value : match.Groups[1].Value.Replace("\\\\", ", ", StringComparison.Ordinal));
        text = Braced().Replace(text, match => match.Groups[1].Value.Contains('&', StringComparison.Ordinal) ? match.Value : match.Groups[1].Value.Replace("\\\\", ", ", StringComparison.Ordinal));
        text = Chain().Replace(text, " ");
        return LastLine(text);
    }

    // Line ends inside of a matrix belong to it.
    private static string LastLine(string text)
    {
        var lines = new List<string>();
        var (depth, start) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '{')
            {
                depth++;
            }
            else if (text[i] == '}')
            {
                depth--;
            }
            else if (text[i] == '\\')
            {
                depth += At(text, i, "\\begin") || At(text, i, "\\left") ? 1 : At(text, i, "\\end") || At(text, i, "\\right") ? -1 : 0;
                if (depth == 0 && At(text, i, "\\\\"))
                {
                    lines.Add(text[start..i]);
                    start = i + 2;
                }

                i++;
            }
        }

        lines.Add(text[start..]);
        return lines.Count == 1 ? text : (lines.FindLast(line => !string.IsNullOrWhiteSpace(line)) ?? text).Replace("&", " ", StringComparison.Ordinal);
    }

    private static bool At(string text, int at, string piece) => string.CompareOrdinal(text, at, piece, 0, piece.Length) == 0;

    [GeneratedRegex(@"\\(?:begin|end)\s*\{(?:aligned|align|alignat|alignedat|gather|gathered|split|equation|eqnarray|multline|displaymath|math|flalign|center)\*?\}(?:\{\d\})?")]
    private static partial Regex Chain();

    [GeneratedRegex(@"\\left\s*\\\{\s*\\begin\s*\{(?:array|matrix|aligned)\}(?:\{[lcr|]*\})?(.*?)\\end\s*\{(?:array|matrix|aligned)\}\s*\\right\s*\.", RegexOptions.Singleline)]
    private static partial Regex Braced();

    [GeneratedRegex(@"\\(?:left\s*\\\{\s*)?begin\s*\{(?:cases|dcases|rcases)\}(.*?)\\end\s*\{(?:cases|dcases|rcases)\}", RegexOptions.Singleline)]
    private static partial Regex System();
}
