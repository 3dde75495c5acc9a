using FlowCompile.CodeFixes.Tests.Harness;

namespace FlowCompile.CodeFixes.Tests;

public class SortListFixTests
{
    [Theory]
    [InlineData("[64, 16, 0]", "[0, 16, 64]")]
    [InlineData("[0, 16, 16, 64, 16]", "[0, 16, 64]")]
    [InlineData("new[] { 8, 0 }", "new[] { 0, 8 }")]
    [InlineData("new int[] { 8, 8 }", "new int[] { 8 }")]
    [InlineData("[Small, 0,]", "[0, Small,]")]
    [InlineData("[\n        16,\n        8\n    ]", "[\n        8,\n        16\n    ]")]
    [InlineData("[16 /* long */, 8 /* short */]", "[8 /* short */, 16 /* long */]")]
    public async Task Budgets_are_sorted_each_once(string before, string after) =>
        await (await Fix.AssertAsync("FC0401", Answering($"Budgets = {before}"), Answering($"Budgets = {after}"))).AssertCompilesAsync();

    [Fact]
    public async Task What_a_negative_budget_means_is_not_guessed() =>
        Assert.Empty(await Editor.Open(Answering("Budgets = [0, -8]")).FixesAsync("FC0401"));

    [Fact]
    public Task Models_are_named_once() =>
        Fix.AssertAsync("FC0405", Answering("Models = [\"mini\", \"nano\", \"mini\"]"), Answering("Models = [\"mini\", \"nano\"]"));

    [Fact]
    public async Task All_lists_are_sorted() => await (await Fix.AssertAllAsync(
        "FC0401",
        "[Workflow(\"v\", Budgets = [8, 0])]\npublic sealed partial class V : W;\n" + Answering("Budgets = [16, 16]").Replace("sealed ", "", StringComparison.Ordinal).Replace("[Workflow(\"w\")]", "", StringComparison.Ordinal),
        "[Workflow(\"v\", Budgets = [0, 8])]\npublic sealed partial class V : W;\n" + Answering("Budgets = [16]").Replace("sealed ", "", StringComparison.Ordinal).Replace("[Workflow(\"w\")]", "", StringComparison.Ordinal))).AssertCompilesAsync();

    private static string Answering(string settings) => $$"""
        [Workflow("w")]
        public sealed partial class W
        {
            public const int Small = 8;

            [SubAgent({{settings}}), Output]
            public async ValueTask<string> Answer(string question, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(question, cancellationToken)).Text;
        }
        """;
}
