using FlowCompile.CodeFixes.Tests.Harness;

namespace FlowCompile.CodeFixes.Tests;

public class AddParameterFixTests
{
    [Theory]
    [InlineData("()", "(SubAgentContext agent)")]
    [InlineData("(string question)", "(string question, SubAgentContext agent)")]
    [InlineData("(string question, CancellationToken cancellationToken)", "(string question, SubAgentContext agent, CancellationToken cancellationToken)")]
    [InlineData("(CancellationToken cancellationToken)", "(SubAgentContext agent, CancellationToken cancellationToken)")]
    [InlineData("(string question, string agent)", "(string question, string agent, SubAgentContext agent2)")]
    [InlineData("(string question, int count = 1)", "(string question, SubAgentContext agent, int count = 1)")]
    [InlineData(
        "(\n        string question, // asked\n        string hint,\n        CancellationToken cancellationToken)",
        "(\n        string question, // asked\n        string hint,\n        SubAgentContext agent,\n        CancellationToken cancellationToken)")]
    public Task A_context_is_added(string before, string after) => Fix.AssertAsync("FC0101", SubAgent(before), SubAgent(after));

    [Theory]
    [InlineData("(SubAgentContext agent)", "(SubAgentContext agent, CancellationToken cancellationToken)")]
    [InlineData(
        "(\n        string question,\n        SubAgentContext agent)",
        "(\n        string question,\n        SubAgentContext agent,\n        CancellationToken cancellationToken)")]
    [InlineData("(SubAgentContext agent, params string[] words)", "(SubAgentContext agent, CancellationToken cancellationToken, params string[] words)")]
    public async Task A_cancellation_token_is_added(string before, string after) =>
        await (await Fix.AssertAsync("FC0105", SubAgent(before), SubAgent(after))).AssertCompilesAsync();

    [Fact]
    public Task All_sub_agents_are_given_a_context() => Fix.AssertAllAsync(
        "FC0101",
        Workflow("""
            [SubAgent]
            public async ValueTask<string> Draft(string question) => question;

            [SubAgent, Output]
            public async ValueTask<string> Answer([From(nameof(Draft))] string draft, CancellationToken cancellationToken) => draft;
        """),
        Workflow("""
            [SubAgent]
            public async ValueTask<string> Draft(string question, SubAgentContext agent) => question;

            [SubAgent, Output]
            public async ValueTask<string> Answer([From(nameof(Draft))] string draft, SubAgentContext agent, CancellationToken cancellationToken) => draft;
        """));

    [Fact]
    public async Task A_signature_that_an_interface_prescribes_is_left_alone()
    {
        var editor = Editor.Open("""
            public interface IAnswer { ValueTask<string> Answer(string question); }

            [Workflow("w")]
            public sealed partial class W : IAnswer
            {
                [SubAgent, Output]
                public ValueTask<string> Answer(string question) => new(question);
            }
            """);

        Assert.Empty(await editor.FixesAsync("FC0101"));
    }

    private static string SubAgent(string parameters) => Workflow($$"""
            /// <summary>Answers.</summary>
            [SubAgent, Output]
            public async ValueTask<string> Answer{{parameters}}
            {
                await Task.Yield();
                return "7";
            }
        """);

    private static string Workflow(string members) => $$"""
        [Workflow("w")]
        public sealed partial class W
        {
        {{members}}
        }

        """;
}
