using System.Text.RegularExpressions;

namespace FlowCompile.Models.Onnx;

/// <summary>Makes foreign messages fit for an error line.</summary>
internal static partial class OneLine
{
    private const int Longest = 300;

    /// <summary>The text with every run of white space as one blank, cut where it is long, and without a full stop at its end.</summary>
    /// <param name="text">The text.</param>
    public static string Of(string text)
    {
        var line = WhiteSpace().Replace(text, " ").Trim().TrimEnd('.');
        return line.Length <= Longest ? line : line[..Longest] + "...";
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
