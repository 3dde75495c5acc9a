using FlowCompile.Graph;
using FlowCompile.Profiling;
using static FlowCompile.Compilation.Tests.Nodes;
using static FlowCompile.Compilation.Tests.Racing.RaceOutcomes;

namespace FlowCompile.Compilation.Tests.Racing;

public sealed class FrontierRaceTests
{
    private static readonly FlowCompile.Settings.ProjectSettings s_settings = RaceOutcomes.Settings;
    private readonly FrontierRace _race = new(RaceOutcomes.Graph, s_settings);

    [Fact]
    public void Slower_and_worse_is_dropped_and_named_with_the_reason()
    {
        var dropped = Assert.Single(Drop(60, [(1, 0.9), (2, 0.5)]));
        Assert.Equal(("Draft", At(1)), (dropped.Node, dropped.Setting));
        Assert.Contains("after 60 cases the frontier loses at most", dropped.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Slower_and_much_better_stays() => Assert.Empty(Drop(60, [(1, 0.3), (2, 0.9)]));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_pays_only_beside_another_setting_stays_where_calls_may_differ(bool perCall)
    {
        // Two replicas: the first setting is right on half of the cases, the second on three tenths, all among the others.
        var graph = new WorkflowGraph("w", [Replicas("Generate", 2, 2), Agent("Select", Problem, FromAny(2, "Generate"))], "Select");
        List<ProfiledOutcome> outcomes = [.. Enumerable.Range(0, 400).SelectMany(one =>
            new[]
            {
                Call("Generate", 0, one, 0, 0, one % 2 == 0), Call("Generate", 1, one, 0, 0, one % 10 is 1 or 3 or 5),
                Call("Select", 0, one, 0, 2, false), Call("Select", 0, one, 1, 2, true), Call("Select", 0, one, 2, 2, true),
            })];
        var dropped = new FrontierRace(graph, s_settings, new CompileOptions { SettingPerCall = perCall }).Drop(outcomes);
        Assert.Equal(perCall ? [] : [("Generate", At(1))], dropped.Select(one => (one.Node, one.Setting)));

        static ProfiledOutcome Call(string node, int budget, int one, int right, int candidates, bool isRight) => new(
            new ProfileCell
            {
                Key = $"{node} {budget} {one} {right}",
                Node = node,
                Setting = At(budget),
                CaseId = $"n{one}",
                CaseHash = $"h{one}",
                Variant = InputVariant.Strong,
                Repetition = 0,
                InputsRight = candidates == 0 || right > 0,
                RightCandidates = right,
                Candidates = candidates,
            },
            new Outcome { Failed = false, Score = isRight ? 1 : 0, Latency = TimeSpan.FromSeconds(1), InputTokens = 10, OutputTokens = 10 });
    }

    [Theory]
    [InlineData(19, 20)]
    [InlineData(19, 20, 0.1)]
    public void Few_cases_drop_nothing(int few, int enough, double slow = 0.2)
    {
        Assert.Empty(Drop(few, [(1, 0.9), (2, slow)]));
        Assert.NotEmpty(Drop(enough, [(1, 0.9), (2, slow)]));
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(4000, true)]
    public void What_all_cases_agree_on_is_open_until_there_are_many(int cases, bool isDropped) =>
        // The slower one may be right where the faster one is not, until enough cases say that this is rare.
        Assert.Equal(isDropped, Drop(cases, [(1, 1), (1.5, 1)]).Any(one => one.Setting == At(1)));

    [Fact]
    public void What_takes_few_tokens_is_dropped_later()
    {
        // Ten tokens and a thousand: both are far worse than the fastest.
        (double, double)[] drafts = [(1, 0.9), (1.2, 0.1), (100, 0.1)];
        Assert.Equal([At(2)], Drop(30, drafts).Select(one => one.Setting));
        Assert.Equal([At(1), At(2)], Drop(60, drafts).Select(one => one.Setting).OrderBy(one => one.Budget));
    }

    [Fact]
    public void One_setting_of_every_sub_agent_stays()
    {
        var race = new FrontierRace(RaceOutcomes.Graph, s_settings) { Tolerance = 1, Confidence = 0.5, MinCases = 2 };
        var outcomes = Outcomes(20, [(1, 0.5), (1, 0.5), (1, 0.5), (1, 0.5)]);
        var left = outcomes.Select(one => (one.Cell.Node, one.Cell.Setting)).Distinct()
            .Except(race.Drop(outcomes).Select(one => (one.Node, one.Setting))).Select(one => one.Node).Distinct();
        Assert.Equal(["Draft", "Check"], left);
    }

    [Fact]
    public void Same_outcomes_give_the_same_decision()
    {
        var outcomes = Outcomes(60, [(1, 0.9), (2, 0.5), (3, 0.92), (4, 0.4)]);
        var dropped = _race.Drop(outcomes);
        Assert.NotEmpty(dropped);
        Assert.Equal(dropped, new FrontierRace(RaceOutcomes.Graph, s_settings).Drop(outcomes));
    }

    [Fact]
    public void Where_every_call_of_a_sub_agent_failed_nothing_is_dropped()
    {
        List<ProfiledOutcome> outcomes = [.. Of("Draft", At(0), 60, 1, _ => true, failed: true), .. Of("Check", At(0), 60, 1, _ => true), .. Of("Check", At(1), 60, 2, _ => false)];
        Assert.Empty(_race.Drop(outcomes));
    }

    [Fact]
    public void Largest_budgets_go_together_where_one_decode_serves_all()
    {
        // Two and three are better than one by nothing, and only without both of them is anything saved.
        var outcomes = Outcomes(60, [(1, 0.9), (2, 0.5), (3, 0.5)]).ConvertAll(one => one with
        {
            Outcome = one.Outcome with { ReusedTokens = one.Cell.Node == "Draft" ? one.Outcome.OutputTokens - 1 : 0 },
        });
        Assert.Equal([At(1), At(2)], _race.Drop(outcomes).Select(one => one.Setting).OrderBy(one => one.Budget));
    }

    [Fact]
    public void What_is_dropped_seldom_costs_more_than_the_tolerance()
    {
        var random = new Random(7);
        var (drops, wrong, trials) = (0, 0, 40);
        for (var trial = 0; trial < trials; trial++)
        {
            // The first cases are what the race sees; what is lost is looked up on all.
            (double, double)[] settings = [.. Enumerable.Range(0, 5).Select(_ => (1 + (4 * random.NextDouble()), random.NextDouble()))];
            var all = Outcomes(400, settings, trial);
            var seen = all.FindAll(one => int.Parse(one.Cell.CaseId.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture) < 40);
            var dropped = _race.Drop(seen).Select(one => (one.Node, one.Setting)).ToHashSet();
            drops += dropped.Count;
            var lost = 1 - (Volume(all.FindAll(one => !dropped.Contains((one.Cell.Node, one.Cell.Setting))), all) / Volume(all, all));
            wrong += lost > 0.01 ? 1 : 0;
        }

        Assert.True(drops >= trials, $"only {drops} settings were dropped");
        Assert.True(wrong <= trials / 20, $"{wrong} of {trials} races lost more than 1 % of the hypervolume");
    }

    private IReadOnlyList<DroppedSetting> Drop(int cases, (double Seconds, double Accuracy)[] drafts) => _race.Drop(Outcomes(cases, drafts));
}
