using System.Globalization;
using FlowCompile.Profiling.TestHost;
using FlowCompile.Settings;

namespace FlowCompile.Profiling.Tests.Judging;

/// <summary>A workflow in which Draft and Guess have no score method, and a model that judges them.</summary>
public sealed class JudgeTests : IDisposable
{
    private static readonly ReflectedDescriptor s_unscored = new(DoublingWorkflow.Graph, typeof(DoublingWorkflow), typeof(NumberCase), ("problem", typeof(string)))
    {
        Unscored = ["Draft", "Guess"],
        AllowedModels = ["small", "big"],
    };

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Judge_that_is_right_gives_the_scores_that_a_score_method_gives()
    {
        var labelled = await new ProfileRun(_folder.File("labelled.db")).RunAsync();
        var run = Run("judged.db");
        var judged = await run.RunAsync();

        Assert.Equal(Scores(labelled), Scores(judged));
        Assert.Equal(["Draft", "Guess"], judged.Manifest.Judge!.Nodes);
        Assert.Equal("judge@8", judged.Manifest.Judge.Setting);
        Assert.True(judged.IsComplete);

        // An output is judged once, whichever setting or run it comes from.
        var asked = run.Calls.Where(call => call.Model == "judge").ToList();
        Assert.Equal(asked.Count, asked.DistinctBy(call => call.Prompt).Count());
        Assert.All(asked, call => Assert.Equal(8, call.Budget));
    }

    [Fact]
    public async Task Judge_sees_task_rubric_and_output_and_never_what_is_expected()
    {
        // An answer that nobody has thought of but the case.
        var run = Run("store.db", answer: _ => "77");
        await run.RunAsync(3);
        var prompts = run.Calls.Where(call => call is { Model: "judge", Chance: >= 0 }).Select(call => call.Prompt).ToList();
        var draft = Assert.Single(prompts, prompt => prompt.Contains("step 'Draft'", StringComparison.Ordinal) && prompt.Contains("<problem>\n2\n</problem>", StringComparison.Ordinal));

        Assert.Contains("Rubric:\nThe number is doubled.\n", draft, StringComparison.Ordinal);
        Assert.Contains("<returned>\n77\n</returned>", draft, StringComparison.Ordinal);
        Assert.Contains(prompts, prompt => prompt.Contains("step 'Guess'", StringComparison.Ordinal) && prompt.Contains("Rubric:\nA good guess.\n", StringComparison.Ordinal));
        Assert.Contains(prompts, prompt => prompt.Contains("step 'Refine'", StringComparison.Ordinal) && prompt.Contains("The step received:\n<hint>\n77\n</hint>", StringComparison.Ordinal));
        Assert.All(prompts, prompt => Assert.DoesNotContain("answer", prompt, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Second_run_asks_nobody()
    {
        var before = await Run("store.db").RunAsync();
        var again = Run("store.db");
        var after = await again.RunAsync();
        Assert.Empty(again.Calls);
        Assert.Equal(before.ProfileHash, after.ProfileHash);
        Assert.NotEmpty(after.JudgeAgreement);
        Assert.Equal(before.JudgeAgreement, after.JudgeAgreement);
        var status = await again.StatusAsync(ProfileRun.Cases(s_unscored, 6));
        Assert.True(status.IsUpToDate);
        Assert.Empty(status.Changes);
        Assert.Equal(after.JudgeAgreement, status.JudgeAgreement);
    }

    [Fact]
    public async Task Other_rubric_judges_anew_without_calling_the_sub_agents()
    {
        await Run("store.db").RunAsync();
        var other = Run("store.db", rubric: "Anything goes.", judge: _ => "SCORE: 10");
        var status = await other.StatusAsync(ProfileRun.Cases(s_unscored, 6));
        var forecast = await other.ForecastAsync(6);
        var summary = await other.RunAsync();

        Assert.Contains(status.Changes, change => change.Kind == ChangeKind.Judge && change.Text.Contains("outputs of Draft are judged anew", StringComparison.Ordinal));
        Assert.Contains(forecast.Models, model => model is { IsJudge: true, Model: "judge", CallsAtMost: > 0, UnknownCalls: > 0 });

        // The reference runs keep scores, and are made again; cells are called by seeds that are not negative.
        Assert.DoesNotContain(other.Calls, call => call.Model != "judge" && !(call.Seed < 0) && call.Prompt.StartsWith("[draft]", StringComparison.Ordinal));
        Assert.All(summary.Outcomes.Where(one => one.Cell.Node == "Draft"), one => Assert.Equal(1, one.Outcome.Score));
        Assert.True(summary.IsComplete);
    }

    [Fact]
    public async Task Judge_in_place_of_a_score_method_and_the_other_way_round_takes_no_call_of_the_sub_agents()
    {
        var labelled = await new ProfileRun(_folder.File("store.db")).RunAsync();
        var judging = Run("store.db");
        await judging.RunAsync();
        var back = new ProfileRun(_folder.File("store.db"));
        var again = await back.RunAsync();

        Assert.DoesNotContain(judging.Calls, call => call.Model != "judge" && !(call.Seed < 0));
        Assert.Empty(back.Calls);
        Assert.Equal(labelled.ProfileHash, again.ProfileHash);
    }

    [Theory]
    [InlineData("I cannot say.", "The judge judge@8 gave no score")]
    [InlineData("!", "The judge judge@8 failed: IOException: gone")]
    public async Task Judge_that_gives_no_score_fails_the_cell_and_its_output_waits_for_a_better_one(string answer, string error)
    {
        string Judge(FakeCall call) => Returned(call) is var (node, problem, _) && node == "Draft" && problem == 3
            ? answer == "!" ? throw new IOException("gone") : answer
            : JudgeWell(call);
        var broken = await Run("store.db", judge: Judge).RunAsync();
        var failed = broken.Outcomes.Where(one => one.Outcome.Failed).ToList();
        Assert.NotEmpty(failed);
        Assert.All(failed, one =>
        {
            Assert.Equal(("Draft", "n3"), (one.Cell.Node, one.Cell.CaseId));
            Assert.Null(one.Outcome.Score);
            Assert.StartsWith(error, one.Outcome.Error, StringComparison.Ordinal);
        });
        Assert.True(broken.FailedReferenceRuns > 0);

        var retry = Run("store.db", options: new ProfilerOptions { Concurrency = 4, RetryFailures = true });
        var mended = await retry.RunAsync();
        Assert.Equal(0, mended.Failures);
        Assert.DoesNotContain(retry.Calls, call => call.Model != "judge" && !(call.Seed < 0) && call.Prompt.StartsWith("[draft]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Agreement_with_labels_is_counted()
    {
        // Sound but for one thing: it takes every choice of an even number for right.
        string Judge(FakeCall call) => Returned(call) is var (node, problem, _) && node == "Choose" && problem % 2 == 0 ? "SCORE: 9" : JudgeWell(call);
        var run = Run("store.db", judge: Judge, checks: 1000);
        var summary = await run.RunAsync(12);
        var right = summary.JudgeAgreement.Single(row => row.Node == "Refine");
        var choose = summary.JudgeAgreement.Single(row => row.Node == "Choose");

        Assert.Equal(["Choose", "Refine"], summary.JudgeAgreement.Select(row => row.Node));
        Assert.True(right is { BothRight: > 0, BothWrong: > 0, FalselyRight: 0, FalselyWrong: 0, Share: 1, Kappa: 1 });
        var outputs = summary.Outcomes.Where(one => one.Cell.Node == "Choose").DistinctBy(one => (one.Cell.CaseId, one.Cell.Variant, one.Cell.Candidates, one.Cell.RightCandidates, one.Outcome.OutputHash)).ToList();
        Assert.True(choose is { BothRight: > 0, BothWrong: > 0, FalselyRight: > 0, FalselyWrong: 0 });
        Assert.Equal(run.Calls.Count(call => call.Model == "judge" && call.Prompt.Contains("step 'Choose'", StringComparison.Ordinal)), choose.Count);
        Assert.InRange(choose.Count, 1, outputs.Count);
    }

    [Theory]
    [InlineData(40, 10, 5, 5, 0.8333, 0.5556)]
    [InlineData(30, 30, 0, 0, 1, 1)]
    [InlineData(25, 25, 25, 25, 0.5, 0)]
    public void Kappa_is_agreement_beyond_chance(int right, int wrong, int falselyRight, int falselyWrong, double share, double kappa)
    {
        var agreement = new JudgeAgreement("x", right, wrong, falselyRight, falselyWrong);
        Assert.Equal(share, agreement.Share, 4);
        Assert.Equal(kappa, agreement.Kappa!.Value, 4);
    }

    [Fact]
    public void Kappa_of_one_answer_alone_is_none() => Assert.Null(new JudgeAgreement("x", 9, 0, 0, 0).Kappa);

    [Fact]
    public async Task Checks_are_as_many_as_asked_for()
    {
        var some = Run("store.db", checks: 5);
        var summary = await some.RunAsync(12);
        Assert.Equal(5, summary.JudgeAgreement.Sum(row => row.Count));

        var none = Run("other.db", checks: 0);
        Assert.Empty((await none.RunAsync()).JudgeAgreement);
        Assert.DoesNotContain(none.Calls, call => call.Model == "judge" && call.Prompt.Contains("step 'Choose'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_judging_takes_counts_against_the_limits()
    {
        var run = Run("store.db", options: new ProfilerOptions { Concurrency = 1, MaxTokens = 20_000 });
        Assert.Equal(ProfileLimit.Tokens, (await run.RunAsync(12)).StoppedBy);
        var tokens = run.Calls.Sum(call => call.Prompt.Length + (call.Budget / 2) + (call.Model == "judge" ? JudgeWell(call) : Skill.Answer(call)).Length);
        Assert.InRange(tokens, 20_000, 22_000);
        Assert.Contains(run.Calls, call => call.Model == "judge");
    }

    [Fact]
    public async Task Workflow_without_a_case_type_is_judged_throughout()
    {
        var descriptor = new ReflectedDescriptor(DoublingWorkflow.Graph, typeof(DoublingWorkflow), null, ("problem", typeof(string))) { AllowedModels = ["small", "big"] };
        var summary = await Run("store.db", descriptor: descriptor).RunAsync();
        Assert.Equal(["Draft", "Refine", "Guess", "Choose"], summary.Manifest.Judge!.Nodes);
        Assert.True(summary.IsComplete);
        Assert.Empty(summary.JudgeAgreement);
        Assert.Equal(Scores(await new ProfileRun(_folder.File("labelled.db")).RunAsync()), Scores(summary));
    }

    private static string JudgeWell(FakeCall call) => Returned(call) is var (_, problem, output) && output == $"{2 * problem}" ? "It is doubled.\nSCORE: 10" : "It is not.\nSCORE: 0";

    // What the prompt says of the step, the number to double and the output.
    private static (string Node, int Problem, string Output) Returned(FakeCall call) => (
        Between(call.Prompt, "what the step '", "' returned"),
        int.Parse(Between(call.Prompt, "<problem>\n", "\n</problem>"), CultureInfo.InvariantCulture),
        Between(call.Prompt, "<returned>\n", "\n</returned>"));

    private static string Between(string text, string start, string end)
    {
        var at = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[at..text.IndexOf(end, at, StringComparison.Ordinal)];
    }

    private static IReadOnlyList<string> Scores(ProfileSummary summary) =>
    [
        .. summary.Outcomes.Select(one =>
            $"{one.Cell.Node} {one.Cell.Setting} {one.Cell.CaseId} {one.Cell.Variant} {one.Cell.Repetition} {one.Cell.InputsRight} {one.Cell.RightCandidates}/{one.Cell.Candidates} {one.Outcome.OutputHash} {one.Outcome.Score}")
            .Order(StringComparer.Ordinal),
    ];

    private ProfileRun Run(
        string store, Func<FakeCall, string>? judge = null, Func<FakeCall, string>? answer = null, string rubric = "The number is doubled.", int checks = 20,
        ProfilerOptions? options = null, WorkflowDescriptor? descriptor = null)
    {
        var settings = Doubling.Settings();
        return new ProfileRun(_folder.File(store))
        {
            Descriptor = descriptor ?? s_unscored,
            Judge = judge ?? JudgeWell,
            Answer = answer ?? Skill.Answer,
            Options = options ?? new ProfilerOptions { Concurrency = 4 },
            Settings = settings with
            {
                Models = [.. settings.Models, new ModelSettings { Name = "judge", Provider = "fake", Source = "judge", Price = new ModelPrice(1, 1) }],
                Workflows =
                [
                    settings.Workflows[0] with
                    {
                        Judge = new JudgeSettings
                        {
                            Setting = new Setting("judge", 8), Rubric = rubric, Checks = checks, Rubrics = new Dictionary<string, string> { ["Guess"] = "A good guess." },
                        },
                    },
                ],
            },
        };
    }
}
