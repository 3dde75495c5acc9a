using System.Globalization;
using FlowCompile.Text;

namespace FlowCompile.Generators.Emit;

/// <summary>Texts of XML documentation.</summary>
internal static class DocText
{
    /// <summary>A text as a comment holds it: nothing in it ends the line, is markup, or is no character of XML.</summary>
    public static string Escape(string text) => OutsideText.Visible(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    public static string Accuracy(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    public static string Latency(double seconds) => seconds switch
    {
        < 0.1 => (seconds * 1000).ToString("0.0", CultureInfo.InvariantCulture) + " ms",
        < 1 => (seconds * 1000).ToString("0", CultureInfo.InvariantCulture) + " ms",
        _ => seconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
    };
}
