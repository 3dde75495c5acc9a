using System.Text.RegularExpressions;
using FlowCompile.Text;

namespace FlowCompile.Models.Onnx;

/// <summary>Makes foreign messages fit for an error line.</summary>
internal static partial class OneLine
{
    /// <summary>The text with every run of white space as one blank, without a full stop at its end, hidden characters visible and cut where it is long.</summary>
    /// <param name="text">The text.</param>
    public static string Of(string text) => OutsideText.Show(WhiteSpace().Replace(text, " ").Trim().TrimEnd('.'));

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
