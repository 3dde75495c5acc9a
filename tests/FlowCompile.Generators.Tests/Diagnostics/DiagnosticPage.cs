using System.Text.RegularExpressions;
using FlowCompile.Generators.Tests.Harness;

namespace FlowCompile.Generators.Tests.Diagnostics;

/// <summary>A page of <c>docs/diagnostics</c>: an id with a wrong and a right example.</summary>
internal sealed partial record DiagnosticPage(string Id, string Title, DiagnosticPage.Example Wrong, DiagnosticPage.Example Right)
{
    public static string Folder { get; } = Path.Combine(Sources.Root, "docs", "diagnostics");

    public static IEnumerable<string> Ids =>
        Directory.GetFiles(Folder, "FC*.md").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal);

    public static DiagnosticPage Read(string id)
    {
        var text = Sources.Read("docs", "diagnostics", id + ".md");
        var wrong = text.IndexOf("\n## Wrong\n", StringComparison.Ordinal);
        var right = text.IndexOf("\n## Right\n", StringComparison.Ordinal);
        Assert.True(wrong > 0 && right > wrong, $"{id}.md needs the headings '## Wrong' and '## Right'.");
        return new DiagnosticPage(id, TitleLine().Match(text).Groups[1].Value, ReadExample(text[wrong..right]), ReadExample(text[right..]));
    }

    /// <summary>Whether a page says what the editor's fix does.</summary>
    public static bool HasFix(string id) => Sources.Read("docs", "diagnostics", id + ".md").Contains("\n## Fix\n", StringComparison.Ordinal);

    private static Example ReadExample(string text) => new(
        CodeBlock().Match(text).Groups[1].Value,
        [.. FileBlock().Matches(text).Select(match => new TextFile("/project/" + match.Groups[1].Value, match.Groups[2].Value))]);

    [GeneratedRegex(@"^# FC\d{4}: (.+)$", RegexOptions.Multiline)]
    private static partial Regex TitleLine();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("`([\\w.-]+\\.json)`:\n\n```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex FileBlock();

    /// <summary>An example: its code, and the files beside it.</summary>
    internal sealed record Example(string Code, TextFile[] Files)
    {
        public GeneratorRun Run() => GeneratorRun.Over([Sources.ImplicitUsings, "using FlowCompile;\n\n" + Code], Files);
    }
}
