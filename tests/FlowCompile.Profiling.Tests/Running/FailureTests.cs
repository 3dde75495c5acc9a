using FlowCompile.Profiling.TestHost;

namespace FlowCompile.Profiling.Tests.Running;

public sealed class FailureTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Failed_call_is_a_failure_and_no_wrong_answer()
    {
        var summary = await new ProfileRun(_folder.File("store.db")) { Answer = FailSmallDraftOf3 }.RunAsync();
        var failed = Assert.Single(summary.Outcomes, one => one.Outcome.Failed);
        var row = Row(summary);

        Assert.Equal(("Draft", "small@32", "n3"), (failed.Cell.Node, failed.Cell.Setting.ToString(), failed.Cell.CaseId));
        Assert.Null(failed.Outcome.Score);
        Assert.Null(failed.Outcome.Output);
        Assert.Equal("InvalidOperationException: the line was cut; for good", failed.Outcome.Error);
        Assert.Equal((1, 6, 5), (row.Failures, row.Planned, row.Accuracy.Count));
        Assert.Equal(failed.Outcome.Error, row.FirstError);
        Assert.Equal(1, summary.Failures);
        Assert.True(summary.IsComplete);
    }

    [Theory]
    [InlineData(0.1, true)]
    [InlineData(0.2, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task Setting_with_too_many_failures_is_left_out(double most, bool isLeftOut)
    {
        // One of six calls of Draft under small@32 fails.
        var settings = Doubling.Settings();
        var run = new ProfileRun(_folder.File("store.db"))
        {
            Answer = FailSmallDraftOf3,
            Settings = settings with { Workflows = [settings.Workflows[0] with { MaxFailures = most }] },
        };
        var summary = await run.RunAsync();
        Assert.Equal(isLeftOut, Row(summary).IsLeftOut);
        Assert.Equal((1, 6), (Row(summary).Failures, Row(summary).Measured));
        Assert.Equal(isLeftOut ? 1 : 0, summary.Rows.Count(row => row.IsLeftOut));
    }

    [Fact]
    public async Task Failures_stay_until_they_are_to_be_retried()
    {
        var store = _folder.File("store.db");
        await new ProfileRun(store) { Answer = FailSmallDraftOf3 }.RunAsync();
        var plain = new ProfileRun(store);
        var retry = new ProfileRun(store) { Options = new ProfilerOptions { RetryFailures = true } };
        var kept = await plain.RunAsync();
        var mended = await retry.RunAsync();

        Assert.Empty(plain.Calls);
        Assert.Equal(1, kept.Failures);
        Assert.Equal("[draft] 3", Assert.Single(retry.Calls, call => call.Prompt.StartsWith("[draft]", StringComparison.Ordinal)).Prompt);
        Assert.Equal(0, mended.Failures);
        Assert.Equal(6, Row(mended).Accuracy.Count);
    }

    [Fact]
    public async Task Retried_call_that_fails_again_is_one_failure_still()
    {
        var store = _folder.File("store.db");
        await new ProfileRun(store) { Answer = FailSmallDraftOf3 }.RunAsync();
        var again = await new ProfileRun(store) { Answer = FailSmallDraftOf3, Options = new ProfilerOptions { RetryFailures = true } }.RunAsync();
        Assert.Equal(1, again.Failures);
    }

    [Fact]
    public async Task Failed_reference_run_is_reported_and_tried_again()
    {
        var store = _folder.File("store.db");
        var broken = await new ProfileRun(store) { Answer = call => call.Seed < 0 && call.Prompt == "[draft] 2" ? throw new IOException("gone") : Skill.Answer(call) }.RunAsync(3);
        var again = new ProfileRun(store);
        var whole = await again.RunAsync(3);

        Assert.Equal(2, broken.FailedReferenceRuns);
        Assert.DoesNotContain(broken.Outcomes, one => one.Cell is { Node: "Choose", CaseId: "n2", Variant: InputVariant.Strong });
        Assert.Equal(0, whole.FailedReferenceRuns);
        Assert.Contains(whole.Outcomes, one => one.Cell is { Node: "Choose", CaseId: "n2", Variant: InputVariant.Strong });
    }

    [Theory]
    [InlineData("Workflow 'w': 'A' under m@0 failed: it is down", "Workflow 'w': 'A' under m@0 failed: IOException: it is down")]
    [InlineData("Workflow 'w': 'A' under m@0 failed.", "Workflow 'w': 'A' under m@0 failed. (IOException: it is down)")]
    public void A_failed_run_says_its_reason_once(string message, string expected) =>
        Assert.Equal(expected, FailureText.Of(new WorkflowException(message, new IOException("it is down"))));

    [Fact]
    public async Task Profile_in_which_every_reference_run_fails_says_why()
    {
        var run = new ProfileRun(_folder.File("store.db")) { Answer = _ => throw new IOException("the server\nis down") };
        var error = await Assert.ThrowsAsync<ProfileException>(() => run.RunAsync(2));

        Assert.Contains("Every reference run failed", error.Message, StringComparison.Ordinal);
        Assert.Contains("IOException: the server is down", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData(typeof(ThrowingScore), "The score of 'Draft' threw on case 'n1': FormatException")]
    [InlineData(typeof(ScoreOfTwo), "The score of 'Draft' on case 'n1' is 2; a score is from 0 (wrong) to 1 (right).")]
    public async Task Score_method_that_fails_stops_the_profile_and_is_named(Type workflow, string message)
    {
        var run = new ProfileRun(_folder.File("store.db"))
        {
            Descriptor = new ReflectedDescriptor(DoublingWorkflow.Graph, workflow, typeof(NumberCase), ("problem", typeof(string))),
            Options = new ProfilerOptions { Concurrency = 1 },
        };
        var error = await Assert.ThrowsAsync<ProfileException>(() => run.RunAsync(2));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sub_agent_with_neither_a_score_nor_a_judge_is_refused()
    {
        using var store = ProfileStore.Open(_folder.File("store.db"));
        using var models = Doubling.Models();
        var unscored = new ReflectedDescriptor(DoublingWorkflow.Graph, typeof(DoublingWorkflow), null, ("problem", typeof(string)));
        var error = Assert.Throws<ProfileException>(() => new Profiler(unscored, models, Doubling.Settings(), store));
        Assert.Contains("add a static method with [Score(nameof(Draft))], or a 'judge' to the workflow", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Model_that_the_catalog_lacks_is_named()
    {
        using var store = ProfileStore.Open(_folder.File("store.db"));
        using var models = new ModelCatalog().Add("small", new FakeModel("small", Skill.Answer));
        var error = Assert.Throws<ProfileException>(() => new Profiler(DoublingWorkflow.Descriptor, models, Doubling.Settings(), store));
        Assert.Contains("'big'", error.Message, StringComparison.Ordinal);
    }

    private static string FailSmallDraftOf3(FakeCall call) =>
        call is { Model: "small", Budget: 32, Prompt: "[draft] 3" } ? throw new InvalidOperationException("the line was cut;\nfor good") : Skill.Answer(call);

    private static SettingSummary Row(ProfileSummary summary) => summary.Rows.Single(row => row is { Node: "Draft", Setting: { Model: "small", Budget: 32 } });

    public sealed class ThrowingScore : DoublingWorkflow
    {
        [Score(nameof(Draft))]
        public static double ScoreDraft(NumberCase expected, string answer) => throw new FormatException(answer);
    }

    public sealed class ScoreOfTwo : DoublingWorkflow
    {
        [Score(nameof(Draft))]
        public static double ScoreDraft(NumberCase expected, string answer) => 2;
    }
}
