using FlowCompile.Profiling;
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
