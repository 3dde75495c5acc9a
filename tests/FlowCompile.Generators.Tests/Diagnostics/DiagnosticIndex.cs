using FlowCompile.Generators.Tests.Harness;

namespace FlowCompile.Generators.Tests.Diagnostics;

/// <summary>The page that lists all diagnostics: made of the release files and of what the pages say of fixes.</summary>
internal static class DiagnosticIndex
{
    private const string Head = """
        # Diagnostics

        What the analyzers report while a workflow is typed and when it is built. Each page has a wrong and a right example; all are compiled in the tests.
        Where the last column says so, the editor offers a fix. What other analyzers say of workflows without knowing them is [taken back](suppressions.md).

        | id | category | severity | | |
        |---|---|---|---|---|

        """;

    public static string File { get; } = Path.Combine(DiagnosticPage.Folder, "README.md");

    public static string Text() => Head + string.Concat(new[] { "Shipped", "Unshipped" }
        .SelectMany(release => Sources.Read("generators", "FlowCompile.Generators", $"AnalyzerReleases.{release}.md").Split('\n'))
        .Where(line => line.StartsWith("FC", StringComparison.Ordinal))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .OrderBy(row => row[0], StringComparer.Ordinal)
        .Select(row => $"| [{row[0]}]({row[0]}.md) | {row[1].Replace("FlowCompile.", "", StringComparison.Ordinal)} | {row[2].ToLowerInvariant()} | {row[3]} | {(DiagnosticPage.HasFix(row[0]) ? "fix" : "")} |\n"));
}
