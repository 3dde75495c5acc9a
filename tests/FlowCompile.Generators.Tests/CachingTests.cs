using FlowCompile.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowCompile.Generators.Tests;

/// <summary>What an edit makes the generator do again. Every test of the harness checks an unrelated edit; these check related ones.</summary>
public class CachingTests
{
    private static readonly GeneratorRun s_run = GeneratorRun.Over(Sources.SampleWorkflow(), Sources.SampleSettings());

    [Fact]
    public void EditInsideAMethodBody_MakesNothingAgain() =>
        CacheCheck.AssertNothingIsMadeAgain(s_run.Driver, Edit("[solve] {problem}", "[solve now] {problem}"));

    [Fact]
    public void EditOfAComment_MakesNothingAgain() =>
        CacheCheck.AssertNothingIsMadeAgain(s_run.Driver, Edit("/// Solves a word problem.", "/// Solves one word problem."));

    [Fact]
    public void EditOfABudget_MakesTheWorkflowAgain() =>
        Assert.Contains(
            "Budgets = new int[] { 0, 8 }",
            Generated(Edit("[SubAgent]\n    public async ValueTask<string> Programmer", "[SubAgent(Budgets = [0, 8])]\n    public async ValueTask<string> Programmer")),
            StringComparison.Ordinal);

    [Fact]
    public void EditOfOneWorkflow_LeavesTheOtherAlone()
    {
        const string Other = """
            using FlowCompile;

            [Workflow("other")]
            public sealed partial class OtherWorkflow
            {
                [SubAgent, Output]
                public async ValueTask<string> Answer(string question, SubAgentContext agent, CancellationToken cancellationToken)
                    => (await agent.CompleteAsync(question, cancellationToken)).Text;
            }
            """;
        var run = GeneratorRun.Over([.. Sources.SampleWorkflow(), Other], Sources.SampleSettings());
        var tree = run.Input.SyntaxTrees.Last();
        var edited = run.Input.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(
            Other.Replace("Answer(", "Reply(", StringComparison.Ordinal), GeneratorRun.ParseOptions, tree.FilePath));

        var outputs = run.Driver.RunGenerators(edited).GetRunResult().Results.Single().TrackedOutputSteps
            .SelectMany(step => step.Value).SelectMany(step => step.Outputs).Select(output => output.Reason);

        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], outputs.Order());
    }

    private static CSharpCompilation Edit(string from, string to)
    {
        var tree = s_run.Input.SyntaxTrees.Single(tree => tree.ToString().Contains("class MathWorkflow", StringComparison.Ordinal));
        var text = tree.ToString();
        Assert.Contains(from, text, StringComparison.Ordinal);
        return s_run.Input.ReplaceSyntaxTree(
            tree, CSharpSyntaxTree.ParseText(text.Replace(from, to, StringComparison.Ordinal), GeneratorRun.ParseOptions, tree.FilePath));
    }

    private static string Generated(CSharpCompilation edited) =>
        string.Concat(s_run.Driver.RunGenerators(edited).GetRunResult().Results.Single().GeneratedSources.Select(source => source.SourceText.ToString()));
}
