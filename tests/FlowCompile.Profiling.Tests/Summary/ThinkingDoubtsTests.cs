using FlowCompile.Settings;

namespace FlowCompile.Profiling.Tests.Summary;

public sealed class ThinkingDoubtsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Answers_are_in_doubt_where_they_hold_marks_or_grow_with_budgets_that_no_thinking_fills()
    {
        var run = new ProfileRun(_folder.File("store.db"));
        var summary = await run.RunAsync(3);
        var declared = run.Settings with { Models = [.. run.Settings.Models.Select(model => model with { Options = new Dictionary<string, string> { ["reasoning"] = "limit" } })] };
        Assert.Empty(ThinkingDoubts.In(summary, run.Settings));
        Assert.Empty(ThinkingDoubts.In(summary, declared));
        var model = summary.Outcomes[0].Cell.Setting.Model;

        var marked = With(summary, model, outcome => outcome with { Output = "\"so it is 56\\n\\u003C/think\\u003E\\n56\"" });
        Assert.Equal((model, ThinkingSign.ClosingMark), Sign(marked, run.Settings));
        Assert.Equal((model, ThinkingSign.ClosingMark), Sign(With(summary, model, outcome => outcome with { Output = "\"hm[/think]56\"" }), run.Settings));

        // One answer among many may talk about a mark.
        var rest = 1;
        Assert.Empty(ThinkingDoubts.In(With(summary, model, outcome => rest-- > 0 ? outcome with { Output = "\"</think>\"" } : outcome), run.Settings));

        var silent = With(summary, model, outcome => outcome with { ThinkingTokens = 0 });
        Assert.Empty(ThinkingDoubts.In(silent, run.Settings));
        Assert.Equal((model, ThinkingSign.NoThinking), Sign(silent, declared));

        var grown = summary with
        {
            Outcomes = [.. silent.Outcomes.Select(one => one.Cell.Setting.Model == model && one.Cell.Setting.Budget > 0 ? one with { Outcome = one.Outcome with { OutputTokens = 400 } } : one)],
        };
        Assert.Equal((model, ThinkingSign.LongAnswers), Sign(grown, run.Settings));
    }

    private static (string, ThinkingSign) Sign(ProfileSummary summary, ProjectSettings settings) =>
        Assert.Single(ThinkingDoubts.In(summary, settings)) is var doubt ? (doubt.Model, doubt.Sign) : default;

    private static ProfileSummary With(ProfileSummary summary, string model, Func<Outcome, Outcome> change) =>
        summary with { Outcomes = [.. summary.Outcomes.Select(one => one.Cell.Setting.Model == model ? one with { Outcome = change(one.Outcome) } : one)] };
}
