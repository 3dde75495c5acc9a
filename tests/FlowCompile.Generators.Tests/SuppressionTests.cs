extern alias Analyzers;

using Analyzers::FlowCompile.Analyzers;
using FlowCompile.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FlowCompile.Generators.Tests;

/// <summary>What other analyzers say of a workflow is taken back where it would break it or says nothing; of everything else it stays.</summary>
public class SuppressionTests
{
    private const string Workflow = """
        [Workflow("w")]
        internal sealed partial class W
        {
            [Tool]
            private string Trim(string text, int width, CancellationToken token) => text.Trim();

            [SubAgent]
            private async Task<string> Draft([From(nameof(Trim))] string trimmed, string text, SubAgentContext agent, CancellationToken token)
                => (await agent.CompleteAsync(trimmed.Trim() + text.Trim(), token)).Text;

            [Tool, Output]
            private string Pick([FromAny(nameof(Draft))] IReadOnlyList<string> drafts) => drafts.First();

            [Score]
            private static bool Right(Case expected, string answer) => expected.Answer == answer;

            private static string Ordinary(string given, Case other, SubAgentContext foreign) => given.Trim();
        }

        internal sealed record Case(string Text, int Width, string Answer, Detail[] Details, List<Detail.Inner> More);

        internal sealed class Detail
        {
            internal sealed class Inner;
        }

        internal sealed class Other
        {
            private string Trim(string text) => text.Trim();
        }
        """;

    [Theory]
    [InlineData("CA1822", "Trim Draft Pick", "Right Ordinary Other.Trim")]
    [InlineData("IDE0051", "Trim Draft Pick Right", "Ordinary Other.Trim")]
    [InlineData("IDE0060", "Trim.text Trim.width Draft.trimmed Draft.text Draft.agent Pick.drafts Right.expected Right.answer",
        "Trim.token Draft.token Ordinary.given Ordinary.other Ordinary.foreign Other.Trim.text")]
    [InlineData("CA1812", "W Case Detail Inner", "Other")]
    [InlineData("CA1062", "Draft.trimmed Draft.agent Pick.drafts", "Trim.text Draft.text Right.expected Ordinary.given Other.Trim.text")]
    public async Task WhatIsSaidOfAWorkflow_IsTakenBack(string rule, string takenBack, string left)
    {
        var found = (await FoundAsync(Workflow)).Where(diagnostic => diagnostic.Id == rule).ToLookup(diagnostic => diagnostic.IsSuppressed, Place);

        Assert.Equal(takenBack.Split(' ').Order(StringComparer.Ordinal), found[true].Order(StringComparer.Ordinal));
        Assert.Equal(left.Split(' ').Order(StringComparer.Ordinal), found[false].Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task InAWorkflowWithAnError_ItIsTakenBackAsWell()
    {
        var found = await FoundAsync(Workflow.Replace("[Tool, Output]", "[Tool]", StringComparison.Ordinal));

        Assert.Equal(3, found.Count(diagnostic => diagnostic is { Id: "CA1822", IsSuppressed: true }));
        Assert.Equal(4, found.Count(diagnostic => diagnostic is { Id: "IDE0051", IsSuppressed: true }));
    }

    [Fact]
    public async Task WhereTheProjectSaysSo_NothingIsTakenBack()
    {
        var found = await FoundAsync(Workflow, "FCS001");

        Assert.DoesNotContain(found, diagnostic => diagnostic is { Id: "CA1822", IsSuppressed: true });
        Assert.Contains(found, diagnostic => diagnostic is { Id: "IDE0060", IsSuppressed: true });
    }

    [Fact]
    public async Task WithoutTheLibrary_NothingIsTakenBack() => Assert.DoesNotContain(
        await FoundAsync("namespace Mine { class ToolAttribute : Attribute; [Tool] class W { [Tool] void Run(int x) { } } }"), diagnostic => diagnostic.IsSuppressed);

    [Fact]
    public void Page_ListsThemAll() => Snapshot.MatchFile(
        Path.Combine(Sources.Root, "docs", "diagnostics", "suppressions.md"),
        """
        # Suppressions

        Some rules of other analyzers do not know who calls a node, or who makes a case. Where what they say would break a workflow, or says nothing there,
        FlowCompile's suppressor takes it back; of every other method, parameter and type it stays. `<NoWarn>$(NoWarn);FCS001</NoWarn>` in
        the project gives a rule its say again.

        | id | rule | why |
        |---|---|---|

        """ + string.Concat(new WorkflowSuppressor().SupportedSuppressions.Select(suppression =>
            $"| {suppression.Id} | {suppression.SuppressedDiagnosticId} | {suppression.Justification} |\n")));

    private static async Task<IReadOnlyList<Diagnostic>> FoundAsync(string source, params string[] noWarn)
    {
        var run = GeneratorRun.Over([source, Sources.ImplicitUsings, "global using FlowCompile;"]);
        return await run.Output
            .WithOptions(run.Output.Options.WithSpecificDiagnosticOptions(noWarn.ToDictionary(id => id, _ => ReportDiagnostic.Suppress)))
            .WithAnalyzers(
                [new EverythingAnalyzer(), new WorkflowSuppressor()],
                new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true))
            .GetAnalyzerDiagnosticsAsync();
    }

    // The method or type, with its parameter where it is about one; with its class where that is no workflow.
    private static string Place(Diagnostic diagnostic)
    {
        var root = diagnostic.Location.SourceTree!.GetRoot();
        var node = root.FindNode(diagnostic.Location.SourceSpan);
        var method = node.AncestorsAndSelf().OfType<MethodDeclarationSyntax>().FirstOrDefault();
        var text = root.GetText().ToString(diagnostic.Location.SourceSpan);
        if (method is null)
        {
            return text;
        }

        var type = (TypeDeclarationSyntax)method.Parent!;
        return (type.Identifier.ValueText == "W" ? "" : type.Identifier.ValueText + ".") + method.Identifier.ValueText + (node == method ? "" : "." + text);
    }
}
