using FlowCompile.Plans;

namespace FlowCompile.Tests.Run;

/// <summary>Runs with a deadline that choose by being right in time, under a clock that the models move, against trying every configuration.</summary>
public class RightInTimeRunTests
{
    private static readonly string[] s_models = ["a", "b", "c"];

    [Fact]
    public async Task Run_BeginsUnderTheOneMostLikelyRightInTime()
    {
        var random = new Random(31);
        var different = 0;
        for (var round = 0; round < 300; round++)
        {
            using var time = new ManualTime();
            var timed = new TimedPlan(random, s_models, total => new LatencyQuantiles(total / 2, total / 1.5, total, total * (1 + random.NextDouble()), total * 3));
            var (own, deadline) = (random.Next(5, 160) + 0.5, random.Next(5, 160) + 0.5);
            var preference = Preference.MostLikelyWithin(TimeSpan.FromMilliseconds(own));

            var result = await timed.RunAsync(time, preference, deadline, (_, _, _, _) => "1"); // calls that take no time: what is done is time won

            var most = timed.Plan.Configurations.Max(Likely);
            var first = result.Reroutes.Count == 0 ? result.Configuration : result.Reroutes[0].From;
            Assert.True(most == 0 || Likely(first) == most, $"Round {round}: {first} is not the most likely.");
            different += most > 0 && first != timed.Plan.Select(Preference.MostAccurate) ? 1 : 0;

            double Likely(WorkflowConfiguration one) => one.Estimate!.RightWithin(TimeSpan.FromMilliseconds(Math.Min(own, deadline)))!.Value;
        }

        Assert.True(different > 50, $"{different} choices were others than the most accurate.");
    }

    [Fact]
    public async Task CallThatTakesLonger_LeadsToTheOneMostLikelyRightInTheTimeThatIsLeft()
    {
        // Where all runs of a configuration take the same time, the most likely is the most accurate that still makes it.
        var random = new Random(32);
        var (moved, lost) = (0, 0);
        for (var round = 0; round < 600; round++)
        {
            using var time = new ManualTime();
            var timed = new TimedPlan(random, s_models, total => new LatencyQuantiles(total, total));
            var (slow, deadline) = (random.Next(5, 60), random.Next(40, 200) + 0.5);
            var asked = (Node: 0, Model: "");

            var result = await timed.RunAsync(time, Preference.MostLikelyWithin(TimeSpan.FromMilliseconds(deadline)), 10_000, (node, model, before, _) =>
            {
                asked = before == 0 ? (node, model) : asked;
                time.Advance(TimeSpan.FromMilliseconds(timed.Of(node, model) + (before == 0 ? slow : 0)));
                return "1";
            });

            var first = result.Reroutes.Count == 0 ? result.Configuration : result.Reroutes[0].From;
            var spent = timed.Of(asked.Node, asked.Model) + slow;
            var could = timed.Plan.Configurations.Where(one =>
                spent + timed.Total(one) - (Keeps(one) ? timed.Of(asked.Node, asked.Model) : 0) <= deadline).ToList();
            if (could.Count == 0)
            {
                lost++;
                continue;
            }

            // What is left of the first configuration may be nothing, and then nothing is chosen any more. One replica of two that is done counts for
            // configurations that have both: then there may be better ones than could be by these sums.
            var isOver = timed.Total(first) == timed.Of(asked.Node, asked.Model) && Keeps(first);
            Assert.True(
                isOver || (result.Configuration.Estimate!.Accuracy >= could.Max(one => one.Estimate!.Accuracy) && result.Elapsed.TotalMilliseconds <= deadline),
                $"Round {round}: {result.Configuration}, {result.Elapsed.TotalMilliseconds} of {deadline} ms, where {string.Join(", ", could)} could make it");
            moved += result.Reroutes.Count > 0 ? 1 : 0;

            bool Keeps(WorkflowConfiguration one) =>
                one.Settings[asked.Node]?.First.Model == asked.Model && one.Structure.Counts[asked.Node] == 1 && first.Structure.Counts[asked.Node] == 1;
        }

        Assert.True(moved > 30 && lost > 30, $"{moved} moved, {lost} could not make it.");
    }
}
