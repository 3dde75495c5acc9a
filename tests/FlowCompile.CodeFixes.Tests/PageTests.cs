using FlowCompile.CodeFixes.Tests.Harness;

namespace FlowCompile.CodeFixes.Tests;

/// <summary>The pages of <c>docs/diagnostics</c> say of which diagnostics there is a fix, and what it is called.</summary>
public class PageTests
{
    public static TheoryData<string> Fixable => [.. Ids];

    private static IEnumerable<string> Ids => Editor.Providers.SelectMany(provider => provider.FixableDiagnosticIds.AsEnumerable()).Order(StringComparer.Ordinal);

    [Fact]
    public void The_pages_with_a_fix_are_those_of_the_diagnostics_that_have_one() => Assert.Equal(
        Ids,
        Directory.GetFiles(Path.Combine(Sources.Root, "docs", "diagnostics"), "FC*.md").Order(StringComparer.Ordinal)
            .Where(file => Sources.Read(file).Contains("\n## Fix\n", StringComparison.Ordinal))
            .Select(Path.GetFileNameWithoutExtension));

    [Theory]
    [MemberData(nameof(Fixable))]
    public async Task A_page_names_the_fix_of_its_wrong_example(string id)
    {
        var page = Sources.Read("docs", "diagnostics", id + ".md");
        var wrong = page[page.IndexOf("```csharp\n", StringComparison.Ordinal)..];
        var code = wrong["```csharp\n".Length..wrong.IndexOf("\n```", StringComparison.Ordinal)];
        var editor = Editor.Open(code, new TextFile("/project/flowcompile.json", """{ "models": { "nano": {}, "mini": {} }, "budgets": [0, 64] }"""));
        var section = page[page.IndexOf("\n## Fix\n", StringComparison.Ordinal)..];
        var title = section[(section.IndexOf('*', StringComparison.Ordinal) + 1)..];
        title = title[..title.IndexOf('*', StringComparison.Ordinal)];

        // The examples of these are about the mistakes that no name mends.
        if (id is "FC0302" or "FC0305")
        {
            Assert.Empty(await editor.FixesAsync(id));
            return;
        }

        var fixes = await editor.FixesAsync(id);

        Assert.All(fixes, fix => Assert.Matches("^" + title.Replace("…", "'[^']+'( and '[^']+')*", StringComparison.Ordinal) + "$", fix.Title));
        Assert.Empty(await (await editor.FixAsync(id)).DiagnosticsAsync(id));
    }

    [Fact]
    public void The_fixes_need_nothing_that_an_editor_lacks() => Assert.All(
        typeof(MakePartialFix).Assembly.GetReferencedAssemblies(),
        reference => Assert.True(
            reference.Name is "netstandard" or "System.Collections.Immutable" || reference.Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal),
            $"{reference.FullName} is not there in every editor."));
}
