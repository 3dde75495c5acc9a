using FlowCompile.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowCompile.Generators.Tests;

/// <summary>What a workflow depends on beside its own file: an edit there is seen, and what it does not depend on makes nothing again.</summary>
public class SurfaceTests
{
    private const string Workflow = """
        using FlowCompile;

        [Workflow("w")]
        public sealed partial class W : Shared
        {
            [SubAgent(Budgets = [0, Limits.Most]), Output]
            public async ValueTask<Reply> Answer([From(nameof(Clean))] string question, SubAgentContext agent, CancellationToken cancellationToken)
                => new((await agent.CompleteAsync(question, cancellationToken)).Text);
        }
        """;

    private const string Other = """
        public static class Limits { public const int Most = 64; }

        public class Shared
        {
            [FlowCompile.Tool]
            public static string Clean(string question) { return question.Trim(); }
        }

        public sealed record Reply(string Text) { public int Length { get { return 1; } } }
        """;

    [Theory]
    [InlineData("Most = 64", "Most = 128", "Budgets = new int[] { 0, 128 }")]
    [InlineData("Clean(string question)", "Clean(string text)", "RunAsync(\n        string text,")]
    [InlineData("public class Shared\n", "public class Shared : Base\n", "RunAsync(")]
    [InlineData("question.Trim(); }", "question.Trim(); }\n    [FlowCompile.Tool] public static int Count(string question) => question.Length;", "\"Count\"")]
    public void EditOfADeclarationElsewhere_IsSeen(string from, string to, string generated)
    {
        var run = GeneratorRun.Over([Sources.ImplicitUsings, Workflow, Other, "public class Base;"]);

        var again = run.Driver.RunGenerators(Edit(run, from, to)).GetRunResult().Results.Single();

        Assert.Contains(generated, string.Concat(again.GeneratedSources.Select(source => source.SourceText.ToString())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("question.Trim()", "question.TrimEnd()")]
    [InlineData("return question.Trim();", "var trimmed = question.Trim(); return trimmed;")]
    [InlineData("return 1;", "return Text.Length;")]
    public void EditOfABodyElsewhere_MakesNothingAgain(string from, string to)
    {
        var run = GeneratorRun.Over([Sources.ImplicitUsings, Workflow, Other]);

        CacheCheck.AssertNothingIsMadeAgain(run.Driver, Edit(run, from, to));
    }

    [Fact]
    public void BrokenDeclaration_TakesTheWorkflowAway_AndMendedItComesBack()
    {
        var run = GeneratorRun.Over([Sources.ImplicitUsings, Workflow, Other]);
        var broken = run.Driver.RunGenerators(Edit(run, "record Reply(", "record Replies("));

        Assert.Empty(broken.GetRunResult().Results.Single().GeneratedSources);
        Assert.NotEmpty(broken.RunGenerators(run.Input).GetRunResult().Results.Single().GeneratedSources);
    }

    [Fact]
    public void DirectiveInsideABody_ThatReachesBeyondIt_IsSeen()
    {
        const string Switched = """
            using FlowCompile;

            [Workflow("w")]
            public sealed partial class W
            {
                public static void First() { /**/ }

                [Tool, Output]
                public static string Trim(string? text) => text ?? "";
            }
            """;
        var run = GeneratorRun.Over([Sources.ImplicitUsings, Switched]);
        var tree = run.Input.SyntaxTrees.Last();
        var edited = run.Input.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(
            Switched.Replace("/**/", "\n#nullable disable\n", StringComparison.Ordinal).Replace("string?", "string", StringComparison.Ordinal), GeneratorRun.ParseOptions, tree.FilePath));

        var fresh = GeneratorRun.Over([Sources.ImplicitUsings, edited.SyntaxTrees.Last().ToString()]);

        Assert.Equal(
            fresh.Driver.GetRunResult().Results.Single().GeneratedSources.Select(source => source.SourceText.ToString()),
            run.Driver.RunGenerators(edited).GetRunResult().Results.Single().GeneratedSources.Select(source => source.SourceText.ToString()));
    }

    [Theory]
    [InlineData("using Flow = FlowCompile.WorkflowAttribute;\n[Flow(\"w\")]", "")]
    [InlineData("[Flow(\"w\")]", "global using Flow = FlowCompile.WorkflowAttribute;")]
    [InlineData("using FlowCompile;\n[WorkflowAttribute(\"w\")]", "")]
    [InlineData("[global::FlowCompile.Workflow(\"w\")]", "")]
    public void AttributeOfAnotherName_IsFound(string attribute, string usings)
    {
        var run = GeneratorRun.Over([
            Sources.ImplicitUsings + "\n" + usings,
            attribute + " public sealed partial class W { [FlowCompile.Tool, FlowCompile.Output] public static string Trim(string text) => text.Trim(); }"]);

        Assert.NotEmpty(run.Generated);
        run.AssertCompiles();
    }

    [Fact]
    public void AttributeOfTheSameName_IsNotOurs()
    {
        var run = GeneratorRun.Over([Sources.ImplicitUsings, "[Workflow(\"w\")] public sealed partial class W; public sealed class WorkflowAttribute(string name) : Attribute { public string Name => name; }"]);

        Assert.Empty(run.Generated);
    }

    private static CSharpCompilation Edit(GeneratorRun run, string from, string to)
    {
        var tree = run.Input.SyntaxTrees[2];
        Assert.Contains(from, tree.ToString(), StringComparison.Ordinal);
        return run.Input.ReplaceSyntaxTree(
            tree, CSharpSyntaxTree.ParseText(tree.ToString().Replace(from, to, StringComparison.Ordinal), GeneratorRun.ParseOptions, tree.FilePath));
    }
}
