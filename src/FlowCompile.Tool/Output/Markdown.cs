using System.Text;

namespace FlowCompile.Tool.Output;

/// <summary>Texts in a Markdown document: what a name holds is no markup, no HTML and no end of a table's cell.</summary>
internal static class Markdown
{
    private const string Marks = "\\`*_[]<>|&~#!";

    /// <summary>A text between other words.</summary>
    /// <param name="text">The text.</param>
    public static string Text(ShownText text)
    {
        var written = new StringBuilder();
        foreach (var c in text.ToString())
        {
            _ = Marks.Contains(c, StringComparison.Ordinal) ? written.Append('\\').Append(c) : written.Append(c);
        }

        return written.ToString();
    }

    /// <summary>A text as code in a table's cell: the fence is longer than any within.</summary>
    /// <param name="text">The text.</param>
    public static string Code(ShownText text)
    {
        var code = text.ToString().Replace("|", "\\|", StringComparison.Ordinal);
        if (!code.Contains('`', StringComparison.Ordinal))
        {
            return $"`{code}`";
        }

        var (longest, run) = (0, 0);
        foreach (var c in code)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        var fence = new string('`', longest + 1);
        return $"{fence} {code} {fence}";
    }
}
