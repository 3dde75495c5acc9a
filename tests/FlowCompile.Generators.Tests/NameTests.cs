using FlowCompile.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Tests;

/// <summary>What is said of names that cannot be, or that are not known.</summary>
public class NameTests
{
    [Theory]
    [InlineData("class Plan", "rename the class")]
    [InlineData("class Graph", "rename the class")]
    [InlineData("class Models", "rename the class")]
    [InlineData("class RunAsync", "rename the class")]
    [InlineData("class Dispatch", "rename the class")]
    [InlineData("class W<Plan>", "rename the type parameter")]
    [InlineData("class W<T, Graph>", "rename the type parameter")]
    public async Task OfAGeneratedMember_AreRefused(string declaration, string words)
    {
        var run = Over($"[Workflow(\"w\")] public sealed partial {declaration} {{ [Tool, Output] public static string Trim(string text) => text.Trim(); }}");

        var found = Assert.Single(await run.DiagnosticsAsync(), diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);

        Assert.Equal("FC0008", found.Id);
        Assert.EndsWith(words, found.GetMessage(null), StringComparison.Ordinal);
        run.AssertCompiles();
    }

    [Fact]
    public async Task NodeNamedAsItsClass_IsLeftToTheCompiler()
    {
        var run = Over("[Workflow(\"w\")] public sealed partial class W { [Tool, Output] public static string W(string text) => text.Trim(); }");

        Assert.Equal("CS0542", Assert.Single(run.Output.GetDiagnostics(), diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Id);
        Assert.DoesNotContain(await run.DiagnosticsAsync(), diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
    }

    [Theory]
    [InlineData("[Tool, Output, Obsolete(\"no\", true)]", "[Score]", "FC0106")]
    [InlineData("[Tool, Output]", "[Score, Obsolete(\"no\", true)]", "FC0501")]
    public async Task MethodThatNobodyMayCall_IsRefused(string ofNode, string ofScore, string id)
    {
        var run = Over($$"""
            [Workflow("w")]
            public sealed partial class W
            {
                {{ofNode}} public static string Trim(string text) => text.Trim();
                {{ofScore}} public static bool Right(string expected, string answer) => expected == answer;
            }
            """);

        Assert.Equal(id, Assert.Single(await run.DiagnosticsAsync(), diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Id);
        run.AssertCompiles();
    }

    [Theory]
    [InlineData("Drfat", "did you mean 'Draft'?")]
    [InlineData("draft", "did you mean 'Draft'?")]
    [InlineData("Answre", "use one of: Draft")]
    [InlineData("Clean", "put [SubAgent] or [Tool] on the method 'Clean'")]
    public async Task UpstreamOfNoNode_IsToldWhatMayBeMeant(string upstream, string words)
    {
        var run = Over($$"""
            [Workflow("w")]
            public sealed partial class W
            {
                [Tool] public static string Draft(string text) => text;
                public static string Clean(string text) => text;
                [Tool, Output] public static string Answer([From("{{upstream}}")] string draft) => draft;
            }
            """);

        var found = Assert.Single(await run.DiagnosticsAsync(), diagnostic => diagnostic.Id == "FC0201");

        Assert.EndsWith(words, found.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoNodesOfOneName_AreNotToldOfTheirInputsToo()
    {
        var run = Over("""
            [Workflow("w")]
            public sealed partial class W
            {
                [Tool, Output] public static string Trim(string text) => text;
                [Tool] public static string Trim(int text) => "";
            }
            """);

        Assert.Equal("FC0007", Assert.Single(await run.DiagnosticsAsync(), diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Id);
    }

    private static GeneratorRun Over(string source) => GeneratorRun.Over([Sources.ImplicitUsings, "global using FlowCompile;", source]);
}
