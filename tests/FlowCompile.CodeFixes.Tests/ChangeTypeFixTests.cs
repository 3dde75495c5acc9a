using FlowCompile.CodeFixes.Tests.Harness;

namespace FlowCompile.CodeFixes.Tests;

public class ChangeTypeFixTests
{
    [Theory]
    [InlineData("string", "string", "int")]
    [InlineData("List<string?>", "List<string?>", "IReadOnlyCollection<int>")]
    [InlineData("W.Draft_", "Draft_", "string")]
    [InlineData("(int Left, int Right)", "(int Left, int Right)", "string")]
    public async Task A_parameter_has_its_upstreams_type(string result, string fitting, string written) => await (await Fix.AssertAsync(
        "FC0202", Reading(result, $"[From(nameof(Draft))] /* read */ {written} draft"), Reading(result, $"[From(nameof(Draft))] /* read */ {fitting} draft"))).AssertCompilesAsync();

    [Theory]
    [InlineData("string")]
    [InlineData("List<string>")]
    [InlineData("string[]")]
    public async Task A_candidate_list_is_one(string written) => await (await Fix.AssertAsync(
        "FC0207", Reading("string", $"[FromAny(nameof(Draft))] {written} drafts"), Reading("string", "[FromAny(nameof(Draft))] IReadOnlyList<string> drafts"))).AssertCompilesAsync();

    [Fact]
    public async Task A_candidate_list_has_its_candidates_type() => await (await Fix.AssertAsync(
        "FC0202", Reading("string", "[FromAny(nameof(Draft))] IReadOnlyList<object> drafts"), Reading("string", "[FromAny(nameof(Draft))] IReadOnlyList<string> drafts"))).AssertCompilesAsync();

    [Theory]
    [InlineData("string?", "[From(nameof(Draft))] object", "object?")]
    [InlineData("List<int>?", "[From(nameof(Draft))] IEnumerable<int>", "IEnumerable<int>?")]
    [InlineData("string?", "[FromAny(nameof(Draft))] IReadOnlyList<string>", "IReadOnlyList<string?>")]
    public async Task A_parameter_takes_the_null_that_its_upstream_may_give(string result, string written, string fitting) => await (await Fix.AssertAsync(
        "FC0219", Reading(result, $"{written} draft"), Reading(result, $"{written[..(written.IndexOf(']', StringComparison.Ordinal) + 2)]}{fitting} draft"))).AssertCompilesAsync();

    [Fact]
    public async Task Candidates_of_two_types_have_no_fix() =>
        Assert.Empty(await Editor.Open(Reading("string", "[FromAny(nameof(Draft), nameof(Count))] IReadOnlyList<object> drafts")).FixesAsync("FC0202"));

    [Fact]
    public async Task A_score_takes_what_it_scores() => await (await Fix.AssertAsync(
        "FC0504", Scoring("int output"), Scoring("string output"))).AssertCompilesAsync();

    [Fact]
    public async Task All_parameters_have_their_upstreams_types() => await (await Fix.AssertAllAsync(
        "FC0202",
        Reading("string", "[From(nameof(Draft))] int draft, [From(nameof(Count))] string count"),
        Reading("string", "[From(nameof(Draft))] string draft, [From(nameof(Count))] int count"))).AssertCompilesAsync();

    private static string Reading(string result, string parameters) => $$"""
        [Workflow("w")]
        public sealed partial class W
        {
            public sealed record Draft_(string Text);

            [Tool]
            public static {{result}} Draft(string question) => throw new NotSupportedException(question);

            [Tool]
            public static int Count(string question) => question.Length;

            [SubAgent, Output]
            public async ValueTask<string> Answer({{parameters}}, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync("", cancellationToken)).Text;
        }
        """;

    private static string Scoring(string output) => $$"""
        [Workflow("w")]
        public sealed partial class W
        {
            [Tool, Output]
            public static string Trim(string text) => text.Trim();

            [Score]
            public static double Score(string expected, {{output}}) => 1;
        }
        """;
}
