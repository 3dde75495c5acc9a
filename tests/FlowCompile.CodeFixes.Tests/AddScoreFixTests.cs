using FlowCompile.CodeFixes.Tests.Harness;

namespace FlowCompile.CodeFixes.Tests;

public class AddScoreFixTests
{
    [Fact]
    public async Task A_score_is_added_with_the_type_of_its_cases() => await (await Fix.AssertAsync(
        "FC0502",
        Workflow("W", ""),
        Workflow("W", """


                [Score]
                public static double Score(Case expected, string output) => Equals(output, expected.Expected) ? 1 : 0;

                public sealed record Case(string Question, List<int>? Numbers, string Expected);
            """))).AssertCompilesAsync();

    [Fact]
    public async Task The_type_of_case_that_other_scores_take_is_taken() => await (await Fix.AssertAsync(
        "FC0502",
        Workflow("W", OfANode) + "\n\npublic sealed record Known(string Question, int[] Numbers, string Right);",
        Workflow("W", OfANode + """


                [Score]
                public static double Score(Known expected, string output) => throw new NotImplementedException();
            """) + "\n\npublic sealed record Known(string Question, int[] Numbers, string Right);")).AssertCompilesAsync();

    [Fact]
    public async Task What_is_no_public_type_is_not_made_public() => await (await Editor.Open("""
        internal readonly record struct Question(string Text);

        [Workflow("w")]
        public sealed partial class W
        {
            [Tool, Output]
            internal static string Trim(Question question) => question.Text.Trim();
        }
        """).FixAsync("FC0502")).AssertCompilesAsync();

    [Fact]
    public async Task All_workflows_are_given_a_score()
    {
        var editor = Editor.Open(Workflow("V", "") + "\n\n" + Workflow("W", ""));

        var after = await editor.FixAllAsync("FC0502");

        Assert.Equal(2, (await editor.DiagnosticsAsync("FC0502")).Length);
        Assert.Empty(await after.DiagnosticsAsync("FC0502"));
        await after.AssertCompilesAsync();
    }

    [Fact]
    public async Task Where_the_names_are_taken_there_is_no_fix() =>
        Assert.Empty(await Editor.Open(Workflow("W", "\n\n    public sealed record Case;")).FixesAsync("FC0502"));

    private const string OfANode = """


            [Score(nameof(Draft))]
            public static bool Right(Known expected, string draft) => expected.Right == draft;
        """;

    private static string Workflow(string name, string more) => $$"""
        [Workflow("{{name}}")]
        public sealed partial class {{name}}
        {
            [SubAgent]
            public async ValueTask<string> Draft(string question, SubAgentContext agent, CancellationToken cancellationToken)
                => (await agent.CompleteAsync(question, cancellationToken)).Text;

            [Tool, Output]
            public static string Trim(string question, List<int>? numbers, [From(nameof(Draft))] string draft) => draft.Trim();{{more}}
        }
        """;
}
