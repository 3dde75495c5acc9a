using FlowCompile.CodeFixes.Tests.Harness;

namespace FlowCompile.CodeFixes.Tests;

public class CorrectNameFixTests
{
    private const string Settings = """{ "models": { "nano": { "onnx": "nano" }, "mini": { "onnx": "mini" } }, "budgets": [0, 8] }""";

    [Theory]
    [InlineData("From(\"Drafts\")", "From(\"Draft\")")]
    [InlineData("From(nameof(Drafts))", "From(nameof(Draft))")]
    [InlineData("From(nameof(W.Drafts))", "From(nameof(W.Draft))")]
    [InlineData("From(/* the first */ \"draft\")", "From(/* the first */ \"Draft\")")]
    [InlineData("From(nameof(@clas))", "From(nameof(@class))")]
    public async Task An_upstream_is_corrected(string before, string after) =>
        await (await Fix.AssertAsync("FC0201", Reading(before, "string draft"), Reading(after, "string draft"))).AssertCompilesAsync();

    [Theory]
    [InlineData("FromAny(nameof(Draft), nameof(clas))", "FromAny(nameof(Draft), nameof(@class))")]
    [InlineData("FromAny([\"Draft\", \"clas\"], MinBranches = 2)", "FromAny([\"Draft\", \"class\"], MinBranches = 2)")]
    public async Task A_candidate_is_corrected(string before, string after) => await (await Fix.AssertAsync(
        "FC0201", Reading(before, "IReadOnlyList<string> drafts"), Reading(after, "IReadOnlyList<string> drafts"))).AssertCompilesAsync();

    [Fact]
    public Task All_upstreams_are_corrected() => Fix.AssertAllAsync(
        "FC0201",
        Reading("FromAny(nameof(Drafts), \"clas\")", "IReadOnlyList<string> drafts"),
        Reading("FromAny(nameof(Draft), \"class\")", "IReadOnlyList<string> drafts"));

    [Fact]
    public async Task A_name_near_to_none_has_no_fix() =>
        Assert.Empty(await Editor.Open(Reading("From(\"Somewhere\")", "string draft")).FixesAsync("FC0201"));

    [Fact]
    public Task A_test_is_corrected() => Fix.AssertAsync("FC0302", Repairing("nameof(Pases)", "nameof(Draft)"), Repairing("nameof(Passes)", "nameof(Draft)"));

    [Fact]
    public Task A_scored_node_is_corrected() => Fix.AssertAsync("FC0503", Repairing("nameof(Passes)", "\"Drat\""), Repairing("nameof(Passes)", "\"Draft\""));

    [Fact]
    public Task A_router_is_corrected() => Fix.AssertAsync("FC0305", Branching("nameof(Clasify)"), Branching("nameof(Classify)"));

    [Fact]
    public async Task A_model_is_corrected()
    {
        var editor = Editor.Open(Answering("\"nano\", \"minni\""), new TextFile("/project/flowcompile.json", Settings));

        var after = await editor.FixAsync("FC0402", "Use 'mini'");

        Assert.Equal(Answering("\"nano\", \"mini\""), after.Text);
        Assert.Empty(await after.DiagnosticsAsync("FC0402"));
    }

    private static string Reading(string attribute, string parameter) => $$"""
        [Workflow("w")]
        public sealed partial class W
        {
            [SubAgent]
            public async ValueTask<string> Draft(string question, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(question, cancellationToken)).Text;

            [SubAgent]
            public async ValueTask<string> @class(string question, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(question, cancellationToken)).Text;

            [SubAgent, Output]
            public async ValueTask<string> Answer([{{attribute}}] {{parameter}}, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync("", cancellationToken)).Text;
        }
        """;

    private static string Repairing(string test, string scored) => $$"""
        [Workflow("w")]
        public sealed partial class W
        {
            [SubAgent]
            public async ValueTask<string> Draft(string question, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(question, cancellationToken)).Text;

            [Tool]
            public static bool Passes([From(nameof(Draft))] string draft) => draft.Length > 0;

            [SubAgent, RetryUntil({{test}}, MaxAttempts = 2), Output]
            public async ValueTask<string> Fix([From(nameof(Draft))] string draft, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(draft, cancellationToken)).Text;

            [Score({{scored}})]
            public static bool Score(string expected, string draft) => expected == draft;
        }
        """;

    private static string Branching(string router) => $$"""
        [Workflow("w")]
        public sealed partial class W
        {
            [Tool]
            public static bool Classify(string question) => question.Length > 80;

            [SubAgent, When({{router}}, true)]
            public async ValueTask<string> Careful(string question, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(question, cancellationToken)).Text;

            [SubAgent, Output]
            public async ValueTask<string> Answer([FromAny(nameof(Careful))] IReadOnlyList<string> answers, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync($"{answers.Count}", cancellationToken)).Text;
        }
        """;

    private static string Answering(string models) => $$"""
        [Workflow("w")]
        public sealed partial class W
        {
            [SubAgent(Models = [{{models}}]), Output]
            public async ValueTask<string> Answer(string question, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(question, cancellationToken)).Text;
        }
        """;
}
