using FlowCompile.CodeFixes.Tests.Harness;

namespace FlowCompile.CodeFixes.Tests;

public class AddOutputFixTests
{
    [Theory]
    [InlineData("[SubAgent]", "[SubAgent, Output]")]
    [InlineData("[SubAgent(Optional = true)] // kept", "[SubAgent(Optional = true), Output] // kept")]
    [InlineData("[FlowCompile.SubAgentAttribute]", "[FlowCompile.SubAgentAttribute, FlowCompile.Output]")]
    [InlineData("[Obsolete(\"x\")]\n    [SubAgent(Budgets = [0]), RetryUntil(\"Draft\")]", "[Obsolete(\"x\")]\n    [SubAgent(Budgets = [0]), RetryUntil(\"Draft\"), Output]")]
    public Task The_node_that_nobody_reads_becomes_the_output(string before, string after) =>
        Fix.AssertAsync("FC0005", Workflow("W", before), Workflow("W", after), "Make 'Answer' the output");

    [Fact]
    public async Task Of_several_each_is_offered_the_last_first()
    {
        var editor = Editor.Open(Workflow("W", "[SubAgent]").Replace("[From(nameof(Draft))] ", "", StringComparison.Ordinal));

        var fixes = await editor.FixesAsync("FC0005");

        Assert.Equal(["Make 'Answer' the output", "Make 'Draft' the output"], fixes.Select(fix => fix.Title));
        Assert.Equal(2, fixes.Select(fix => fix.EquivalenceKey).Distinct().Count());
        var after = await editor.FixAsync("FC0005", "Make 'Draft' the output");
        Assert.Contains("[SubAgent, Output]\n    public async ValueTask<string> Draft", after.Text, StringComparison.Ordinal);
    }

    [Fact]
    public Task All_workflows_are_given_one() => Fix.AssertAllAsync(
        "FC0005",
        Workflow("V", "[SubAgent]") + "\n" + Workflow("W", "[SubAgent]"),
        Workflow("V", "[SubAgent, Output]") + "\n" + Workflow("W", "[SubAgent, Output]"));

    [Fact]
    public async Task The_node_may_be_in_another_file()
    {
        string[] files =
        [
            "[Workflow(\"w\")]\npublic sealed partial class W;\n",
            "public sealed partial class W\n{\n    [Tool]\n    public static string Trim(string text) => text.Trim();\n}\n",
        ];

        var after = await Editor.Open(files).FixAsync("FC0005");

        Assert.Equal(files[0], after.TextOf(0));
        Assert.Equal(files[1].Replace("[Tool]", "[Tool, Output]", StringComparison.Ordinal), after.TextOf(1));
        Assert.Empty(await after.DiagnosticsAsync("FC0005"));
    }

    private static string Workflow(string name, string attributes) => $$"""
        [Workflow("{{name}}")]
        public sealed partial class {{name}}
        {
            [SubAgent]
            public async ValueTask<string> Draft(string question, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(question, cancellationToken)).Text;

            /// <summary>Answers.</summary>
            {{attributes}}
            public async ValueTask<string> Answer([From(nameof(Draft))] string draft, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(draft, cancellationToken)).Text;
        }
        """;
}
