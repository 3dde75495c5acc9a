using System.Globalization;

namespace FlowCompile.Generators.Emit;

/// <summary>Texts of XML documentation.</summary>
internal static class DocText
{
    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\r", " ").Replace("\n", " ");

    public static string Accuracy(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    public static string Latency(double seconds) => seconds switch
    {
        < 0.1 => (seconds * 1000).ToString("0.0", CultureInfo.InvariantCulture) + " ms",
        < 1 => (seconds * 1000).ToString("0", CultureInfo.InvariantCulture) + " ms",
        _ => seconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
    };
}
