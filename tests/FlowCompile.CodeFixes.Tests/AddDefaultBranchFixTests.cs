using FlowCompile.CodeFixes.Tests.Harness;

namespace FlowCompile.CodeFixes.Tests;

public class AddDefaultBranchFixTests
{
    [Fact]
    public async Task The_last_branch_becomes_the_default() => await (await Fix.AssertAsync(
        "FC0306",
        Workflow("[SubAgent, When(nameof(Classify), \"easy\")]", "[SubAgent, When(nameof(Classify), \"hard\", \"long\")]"),
        Workflow("[SubAgent, When(nameof(Classify), \"easy\")]", "[SubAgent, Otherwise(nameof(Classify))]"))).AssertCompilesAsync();

    [Fact]
    public async Task Another_may_be_chosen() => await (await Fix.AssertAsync(
        "FC0306",
        Workflow("[SubAgent]\n    [FlowCompile.When(\"Classify\", \"easy\")] // short", "[SubAgent, When(nameof(Classify), \"hard\")]"),
        Workflow("[SubAgent]\n    [FlowCompile.Otherwise(\"Classify\")] // short", "[SubAgent, When(nameof(Classify), \"hard\")]"),
        "Make 'Quick' the default branch")).AssertCompilesAsync();

    [Fact]
    public async Task Nodes_of_one_branch_become_the_default_together() => await (await Fix.AssertAsync(
        "FC0306",
        Workflow("[SubAgent, When(nameof(Classify), \"hard\")]", "[SubAgent, When(nameof(Classify), \"hard\")]", Third("[SubAgent, When(nameof(Classify), \"easy\")]")),
        Workflow("[SubAgent, Otherwise(nameof(Classify))]", "[SubAgent, Otherwise(nameof(Classify))]", Third("[SubAgent, When(nameof(Classify), \"easy\")]")),
        "Make 'Quick' and 'Careful' the default branch")).AssertCompilesAsync();

    [Theory]
    [InlineData("[SubAgent, When(nameof(Classify), \"hard\")]", "[SubAgent, When(nameof(Classify), \"hard\", \"easy\")]")]
    [InlineData("[SubAgent]", "[SubAgent, When(nameof(Classify), \"hard\")]")]
    public async Task A_branch_that_would_run_less_or_always_is_not_offered(string quick, string careful) =>
        Assert.Empty(await Editor.Open(Workflow(quick, careful)).FixesAsync("FC0306"));

    [Fact]
    public Task All_routers_are_given_a_default()
    {
        var before = Workflow("[SubAgent, When(nameof(Classify), \"easy\")]", "[SubAgent, When(nameof(Classify), \"hard\")]");
        var after = Workflow("[SubAgent, When(nameof(Classify), \"easy\")]", "[SubAgent, Otherwise(nameof(Classify))]");
        return Fix.AssertAllAsync("FC0306", before + "\n" + Second(before), after + "\n" + Second(after));

        static string Second(string text) => text.Replace("\"w\"", "\"v\"", StringComparison.Ordinal).Replace("class W", "class V", StringComparison.Ordinal);
    }

    private static string Third(string attributes) => $$"""


            {{attributes}}
            public async ValueTask<string> Third(string question, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(question, cancellationToken)).Text;
        """;

    private static string Workflow(string quick, string careful, string more = "") => $$"""
        [Workflow("w")]
        public sealed partial class W
        {
            [Tool]
            public static string Classify(string question) => question.Length > 80 ? "hard" : "easy";

            {{quick}}
            public async ValueTask<string> Quick(string question, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(question, cancellationToken)).Text;

            {{careful}}
            public async ValueTask<string> Careful(string question, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(question, cancellationToken)).Text;{{more}}

            [SubAgent, Output]
            public async ValueTask<string> Answer([FromAny(nameof(Quick), nameof(Careful))] IReadOnlyList<string> answers, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync($"{answers.Count}", cancellationToken)).Text;
        }
        """;
}
