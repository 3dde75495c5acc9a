using System.Globalization;
using System.Text.Json;
using FlowCompile.Json;

namespace FlowCompile.Plans;

/// <summary>Says of what is in a file whether a plan may take its place.</summary>
internal static class PlanReplacement
{
    private const string Remedy = "it is left as it is; delete it, or name another file";

    /// <exception cref="PlanException">It must stay.</exception>
    public static void Check(string file, byte[] utf8)
    {
        var text = utf8.AsSpan().StartsWith("\uFEFF"u8) ? utf8.AsSpan(3) : utf8;
        if (text.Trim(" \t\r\n"u8).IsEmpty)
        {
            return;
        }

        LocatedJson root;
        try
        {
            root = LocatedJson.Parse(text);
        }
        catch (JsonException e)
        {
            throw new PlanException(file, (int?)e.LineNumber + 1, $"it is no plan, for it is not valid JSON ({LocatedJson.Reason(e)}); {Remedy}", e);
        }

        var version = root.Members.Find(member => member.Name == "version").Value;
        if (version is null || !double.TryParse(version.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || version.Kind != JsonTokenType.Number
            || root.Members.TrueForAll(member => member.Name != "configurations"))
        {
            throw new PlanException(file, root.Line, $"it is no plan, for it has no 'version' and 'configurations' of one; {Remedy}");
        }

        if (number > PlanFormat.Version)
        {
            throw new PlanException(
                file, version.Line, $"it is a plan of version {version.Text}, and this FlowCompile writes version {PlanFormat.Version}; update FlowCompile, delete the file, or name another");
        }
    }
}
