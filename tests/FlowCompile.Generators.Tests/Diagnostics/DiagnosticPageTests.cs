using System.Globalization;
using System.Text;
using FlowCompile.Generators.Diagnostics;
using FlowCompile.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Tests.Diagnostics;

/// <summary>Every diagnostic has a page, and both examples on it are compiled.</summary>
public class DiagnosticPageTests
{
    public static TheoryData<string> Ids => [.. DiagnosticPage.Ids];

    [Fact]
    public void EveryDiagnostic_HasAPage() => Assert.Equal(AllDescriptors.List.Select(descriptor => descriptor.Id).Order(StringComparer.Ordinal), DiagnosticPage.Ids);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_HasTheTitleOfItsDiagnostic(string id)
    {
        var descriptor = AllDescriptors.List.Single(descriptor => descriptor.Id == id);

        Assert.Equal(descriptor.Title.ToString(CultureInfo.InvariantCulture), DiagnosticPage.Read(id).Title);
        Assert.EndsWith($"/docs/diagnostics/{id}.md", descriptor.HelpLinkUri, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task WrongExample_IsReported_AndNothingElseIs(string id)
    {
        // What only unread nodes read is there only beside an unread node.
        var run = DiagnosticPage.Read(id).Wrong.Run();
        var found = (await run.DiagnosticsAsync())
            .Where(diagnostic => IsExpected(diagnostic, id) && (id, diagnostic.Id) != ("FC0215", "FC0214")).ToList();

        Assert.Empty(run.Input.SyntaxTrees.SelectMany(tree => tree.GetDiagnostics()));
        Assert.NotEmpty(found);
        Assert.All(found, diagnostic =>
        {
            Assert.Equal(id, diagnostic.Id);
            Assert.True(diagnostic.Location.IsInSource || diagnostic.Location.Kind == LocationKind.ExternalFile, $"{diagnostic} has no location.");
        });
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task RightExample_IsNotReported_AndCompilesWithoutWarnings(string id)
    {
        var run = DiagnosticPage.Read(id).Right.Run();

        Assert.DoesNotContain(await run.DiagnosticsAsync(), diagnostic => IsExpected(diagnostic, id));
        Assert.Empty(run.Output.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        Assert.NotEmpty(run.Generated);
    }

    [Fact]
    public void Index_IsMadeOfTheReleaseFiles() => Snapshot.MatchFile(DiagnosticIndex.File, DiagnosticIndex.Text());

    [Fact]
    public async Task Messages_AreThoseOfTheSnapshot()
    {
        var text = new StringBuilder();
        foreach (var id in DiagnosticPage.Ids)
        {
            foreach (var diagnostic in (await DiagnosticPage.Read(id).Wrong.Run().DiagnosticsAsync()).Where(diagnostic => diagnostic.Id == id))
            {
                text.Append(CultureInfo.InvariantCulture, $"{Place(diagnostic.Location)}: {diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}\n");
            }
        }

        Snapshot.Match("diagnostics.txt", text.ToString());
    }

    // What is worth a word anywhere (no plan, no score, no token) is not what the other pages are about.
    private static bool IsExpected(Diagnostic diagnostic, string id) => diagnostic.Id == id || diagnostic.Severity >= DiagnosticSeverity.Warning;

    private static string Place(Location location)
    {
        var span = location.GetLineSpan();
        return string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(span.Path)}({span.StartLinePosition.Line + 1},{span.StartLinePosition.Character + 1})");
    }
}
