using System.Globalization;
using FlowCompile.Profiling;
using static FlowCompile.Compilation.Tests.Racing.RaceOutcomes;

namespace FlowCompile.Compilation.Tests.Racing;

public sealed class SettleTests
{
    // The slower one is better by so much that no case could change it.
    private static readonly (double Seconds, double Accuracy)[] s_clear = [(1, 0.2), (2, 0.9)];

    // Four of like accuracy: which of them are worth their time is a matter of single cases.
    private static readonly (double Seconds, double Accuracy)[] s_close = [(1, 0.50), (1.1, 0.52), (1.2, 0.54), (1.3, 0.56)];
    private readonly FrontierRace _race = new(RaceOutcomes.Graph, RaceOutcomes.Settings);

    [Fact]
    public void Race_ends_with_the_reason_once_the_frontier_is_clear()
    {
        Assert.Null(_race.Settle(Outcomes(59, s_clear)));
        var reason = _race.Settle(Outcomes(60, s_clear));
        Assert.Matches(@"^in 90 of 100 draws of the 60 cases the frontier falls short by at most \d\.\d\d % of its hypervolume$", reason);
    }

    [Fact]
    public void Race_goes_on_while_more_cases_would_move_the_frontier_and_ends_when_they_are_many()
    {
        Assert.Null(_race.Settle(Independent(60, s_close, seed: 1)));
        Assert.NotNull(_race.Settle(Independent(2000, s_close, seed: 1)));
    }

    [Fact]
    public void Less_precision_is_reached_earlier_and_none_is_never_asked_for()
    {
        var outcomes = Independent(60, s_close, seed: 1);
        Assert.NotNull(new FrontierRace(RaceOutcomes.Graph, RaceOutcomes.Settings) { Precision = 1 }.Settle(outcomes));
        Assert.Null(new FrontierRace(RaceOutcomes.Graph, RaceOutcomes.Settings) { Precision = 0 }.Settle(Outcomes(2000, s_clear)));
    }

    [Fact]
    public void Same_outcomes_give_the_same_answer()
    {
        var outcomes = Outcomes(80, s_clear);
        Assert.Equal(_race.Settle(outcomes), new FrontierRace(RaceOutcomes.Graph, RaceOutcomes.Settings).Settle(outcomes));
    }

    [Theory]
    [InlineData(Objectives.Latency | Objectives.Cost)]
    [InlineData(Objectives.Accuracy | Objectives.Latency | Objectives.Cost)]
    public void Where_a_volume_of_two_dimensions_would_mislead_all_cases_are_measured(Objectives objectives)
    {
        var race = new FrontierRace(RaceOutcomes.Graph, RaceOutcomes.Settings, new CompileOptions { Objectives = objectives }) { Precision = 1 };
        Assert.Null(race.Settle(Outcomes(80, s_clear)));
    }

    [Fact]
    public void Where_every_call_of_a_sub_agent_failed_the_race_does_not_end() =>
        Assert.Null(_race.Settle([.. Of("Draft", At(0), 80, 1, _ => true, failed: true), .. Of("Check", At(0), 80, 1, _ => true)]));

    [Fact]
    public void Frontier_of_a_race_that_ended_seldom_falls_short_by_more_than_the_precision()
    {
        // Cases come in blocks of ten from 400; what the plan of those that were seen has is looked up on all.
        var random = new Random(11);
        var (ended, short_, trials) = (0, 0, 30);
        for (var trial = 0; trial < trials; trial++)
        {
            (double, double)[] drafts = [.. Enumerable.Range(0, 4).Select(_ => (1 + (4 * random.NextDouble()), random.NextDouble()))];
            var all = Independent(400, drafts, trial);
            for (var cases = 60; cases < 400; cases += 10)
            {
                var seen = all.FindAll(one => int.Parse(one.Cell.CaseId.AsSpan(1), CultureInfo.InvariantCulture) < cases);
                if (_race.Settle(seen) is not null)
                {
                    ended++;
                    short_ += 1 - (Volume(seen, all) / Volume(all, all)) > _race.Precision ? 1 : 0;
                    break;
                }
            }
        }

        Assert.InRange(ended, trials / 2, trials);
        // One in ten is what it promises; then more than six of thirty come three times in a hundred.
        Assert.True(short_ <= trials / 5, $"{short_} of {ended} races fell short by more than {_race.Precision}");
    }

    /// <summary>Drafts that are right on cases of their own, however hard those are for others.</summary>
    private static List<ProfiledOutcome> Independent(int cases, (double Seconds, double Accuracy)[] drafts, int seed)
    {
        var random = new Random(seed);
        return
        [
            .. drafts.SelectMany((draft, i) =>
            {
                var right = Enumerable.Range(0, cases).Select(_ => random.NextDouble() < draft.Accuracy).ToArray();
                return Of("Draft", At(i), cases, draft.Seconds, one => right[one]);
            }),
            .. Of("Check", At(0), cases, 1, _ => true),
        ];
    }
}
