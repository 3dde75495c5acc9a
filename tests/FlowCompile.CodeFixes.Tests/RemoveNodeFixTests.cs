using FlowCompile.CodeFixes.Tests.Harness;

namespace FlowCompile.CodeFixes.Tests;

public class RemoveNodeFixTests
{
    [Theory]
    [InlineData("    [SubAgent]\n", "")]
    [InlineData("    [SubAgent(Optional = true), Obsolete(\"x\")]\n", "    [Obsolete(\"x\")]\n")]
    [InlineData("    [Obsolete(\"x\")]\n    [SubAgent, Replicas(0, 2)]\n", "    [Obsolete(\"x\")]\n")]
    [InlineData("    [SubAgent]\n    [Replicas(0, 2)]\n    [Obsolete(\"x\")]\n", "    [Obsolete(\"x\")]\n")]
    public async Task An_unread_node_becomes_a_method(string before, string after) => await (await Fix.AssertAsync(
        "FC0214", Workflow(before, "[From(nameof(Draft))] "), Workflow(after, ""), "Take 'Check' out of the workflow")).AssertCompilesAsync();

    [Fact]
    public async Task Its_score_goes_with_it() => await (await Fix.AssertAsync(
        "FC0214",
        Workflow("    [SubAgent]\n", "[From(nameof(Draft))] ", "\n\n    [Score(nameof(Check))]\n    public static bool Right(string expected, string output) => expected == output;"),
        Workflow("", "", "\n\n    public static bool Right(string expected, string output) => expected == output;"))).AssertCompilesAsync();

    [Fact]
    public async Task All_unread_nodes_become_methods() => await (await Fix.AssertAllAsync(
        "FC0214",
        Workflow("    [SubAgent]\n", "[From(nameof(Draft))] ", "\n\n    [Tool]\n    public static string Trim([From(nameof(Draft))] string text) => text.Trim();"),
        Workflow("", "", "\n\n    public static string Trim(string text) => text.Trim();"))).AssertCompilesAsync();

    private static string Workflow(string attributes, string from, string more = "") => $$"""
        [Workflow("w")]
        public sealed partial class W
        {
            [SubAgent, Output]
            public async ValueTask<string> Draft(string question, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(question, cancellationToken)).Text;

            // Not used yet.
            /// <summary>Checks.</summary>
        {{attributes}}    public async ValueTask<string> Check({{from}}string draft, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(draft, cancellationToken)).Text;{{more}}
        }
        """;
}
