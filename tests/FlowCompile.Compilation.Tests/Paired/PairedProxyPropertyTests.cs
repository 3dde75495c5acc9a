using CsCheck;
using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Testing;

namespace FlowCompile.Compilation.Tests;

/// <summary>On random small graphs of every node kind: the paired proxy against going through every course of events.</summary>
public sealed class PairedProxyPropertyTests
{
    private const double Tolerance = 1e-9;
    private const int Cases = 3;

    [Fact]
    public void The_probability_of_each_case_is_that_of_all_courses_of_events() => Check(300, (graph, branches, seed) =>
    {
        var records = new RandomRecords(graph, seed, Cases, settings: 2);
        var proxy = new PairedProxy(records.Recorded, Schedule.Parallel, branches);
        foreach (var candidate in Some(records, seed))
        {
            var actual = proxy.AccuracyByCase(candidate.Structure, candidate.Settings);
            for (var one = 0; one < Cases; one++)
            {
                var expected = new PairedOracle(records, candidate.Structure, candidate.Settings, branches, one).Probability();
                Assert.True(Math.Abs(expected - actual[one]) < Tolerance, $"{candidate.Structure.ToText(graph)}: {expected} expected, {actual[one]} computed");
            }
        }
    });

    [Fact]
    public void Where_tools_route_each_case_takes_its_own_branches_on_right_and_on_wrong_inputs()
    {
        var routed = 0;
        Check(1200, (graph, _, seed) =>
        {
            var records = new RandomRecords(graph, seed, Cases, settings: 1);
            if (records.Routes.Count == 0)
            {
                return;
            }

            routed++;
            var proxy = new PairedProxy(records.Recorded, Schedule.Parallel);
            foreach (var candidate in Some(records, seed))
            {
                var actual = proxy.AccuracyByCase(candidate.Structure, candidate.Settings);
                for (var one = 0; one < Cases; one++)
                {
                    var expected = new PairedOracle(records, candidate.Structure, candidate.Settings, MeasuredBranches.Of(records.Recorded), one).Probability();
                    Assert.True(Math.Abs(expected - actual[one]) < Tolerance, $"{candidate.Structure.ToText(graph)}: {expected} expected, {actual[one]} computed");
                }
            }
        });
        Assert.True(routed > 100, $"{routed} of the graphs have a tool that routes");
    }

    [Fact]
    public void On_one_case_without_branches_where_wrong_inputs_never_end_well_it_is_the_independent_proxy() => Check(300, (graph, _, seed) =>
    {
        if (graph.Nodes.Any(node => node.Condition is not null))
        {
            return;
        }

        var (profile, recorded) = Independent(graph, seed);
        var (independent, paired) = (new IndependentProxy(profile, Schedule.Sequential), new PairedProxy(recorded, Schedule.Sequential));
        foreach (var structure in new StructureSpace(graph).Enumerate().Where(structure => structure.ToText(graph).Length > 0).Take(8))
        {
            var configuration = Configurations.Uniform(profile, structure);
            Assert.Equal(independent.Estimate(configuration).Accuracy, paired.Estimate(configuration).Accuracy, Tolerance);
        }
    });

    [Fact]
    public void Every_estimate_lies_in_its_interval_and_its_quantiles_ascend() => Check(100, (graph, branches, seed) =>
    {
        var records = new RandomRecords(graph, seed, cases: 20, settings: 1);
        foreach (var schedule in Enum.GetValues<Schedule>())
        {
            var proxy = new PairedProxy(records.Recorded, schedule, branches);
            foreach (var candidate in Some(records, seed).Take(2))
            {
                var estimate = proxy.Estimate(new WorkflowConfiguration("c", candidate.Structure, candidate.Settings));
                Assert.Equal(20, estimate.Cases);
                Assert.Equal(estimate.Accuracy, proxy.InfluenceByCase(candidate.Structure, candidate.Settings).Accuracy.Sum() / 20, 1e-9);
                Assert.InRange(estimate.Accuracy, estimate.AccuracyInterval!.Value.Low - Tolerance, estimate.AccuracyInterval.Value.High + Tolerance);
                Assert.InRange(estimate.LatencySeconds, estimate.LatencyInterval!.Value.Low - Tolerance, estimate.LatencyInterval.Value.High + Tolerance);
                Assert.True(estimate.LatencyP50Seconds <= estimate.LatencyP95Seconds && estimate.LatencyP95Seconds <= estimate.LatencyP99Seconds);
                EstimateInterval[] percentiles = [estimate.LatencyP50Interval!.Value, estimate.LatencyP95Interval!.Value, estimate.LatencyP99Interval!.Value];
                Assert.All(percentiles, interval => Assert.True(interval.Low <= interval.High));
                Assert.Equal(percentiles, percentiles.OrderBy(interval => interval.Low).ThenBy(interval => interval.High));
                Assert.Equal(estimate.Cost > 0, estimate.CostInterval is not null);
                Assert.InRange(estimate.Cost, (estimate.CostInterval?.Low ?? 0) - Tolerance, (estimate.CostInterval?.High ?? 0) + Tolerance);
                Assert.InRange(estimate.EnergyJoules!.Value, estimate.EnergyInterval!.Value.Low - Tolerance, estimate.EnergyInterval.Value.High + Tolerance);
                Assert.Equal(estimate, proxy.Estimate(new WorkflowConfiguration("d", candidate.Structure, candidate.Settings)));
            }
        }
    });

    [Fact]
    public void Mean_and_quantiles_of_latency_are_those_of_runs_played_one_by_one() => Check(150, (graph, branches, seed) =>
    {
        if (graph.Nodes.Any(node => node.Condition is not null || node.Repair is not null))
        {
            return;
        }

        var slots = (seed % 3) + 1;
        var records = new RandomRecords(graph, seed, cases: 7, settings: 2, slots);
        foreach (var schedule in Enum.GetValues<Schedule>())
        {
            var proxy = new PairedProxy(records.Recorded, schedule, branches);
            foreach (var candidate in Some(records, seed))
            {
                var estimate = proxy.Estimate(new WorkflowConfiguration("c", candidate.Structure, candidate.Settings));
                var runs = new LatencyOracle(records, candidate.Structure, candidate.Settings, branches, schedule, slots).Runs();
                var text = $"{candidate.Structure.ToText(graph)}, {schedule}, {slots} slots";
                Assert.True(Math.Abs(runs.Average() - estimate.LatencySeconds) < Tolerance, $"{text}: mean {runs.Average()} expected, {estimate.LatencySeconds} computed");
                foreach (var (percent, quantile) in new[] { (50, estimate.LatencyP50Seconds), (95, estimate.LatencyP95Seconds), (99, estimate.LatencyP99Seconds) })
                {
                    var expected = runs[(int)Math.Ceiling(runs.Count * percent / 100.0) - 1];
                    Assert.True(Math.Abs(expected - quantile!.Value) < Tolerance, $"{text}: p{percent} {expected} expected, {quantile} computed");
                }
            }
        }
    });

    [Fact]
    public void Fewer_slots_never_change_accuracy_and_enough_of_them_change_nothing() => Check(100, (graph, branches, seed) =>
    {
        foreach (var schedule in Enum.GetValues<Schedule>())
        {
            PairedProxy Of(int? slots) => new(new RandomRecords(graph, seed, cases: 5, settings: 2, slots).Recorded, schedule, branches);
            var (unlimited, many, one) = (Of(null), Of(99), Of(1));
            foreach (var candidate in Some(new RandomRecords(graph, seed, cases: 5, settings: 2), seed).Take(3))
            {
                var configuration = new WorkflowConfiguration("c", candidate.Structure, candidate.Settings);
                var free = unlimited.Estimate(configuration);
                Assert.Equal(free, many.Estimate(configuration));
                var held = one.Estimate(configuration);
                Assert.Equal(free.Accuracy, held.Accuracy);
                Assert.Equal(free.Cost, held.Cost);

                // With one slot no two calls run at once, whatever is drawn. A parallel run may end before calls that nobody waits for any more.
                var sum = new PairedProxy(new RandomRecords(graph, seed, cases: 5, settings: 2).Recorded, Schedule.Sequential, branches).Estimate(configuration);
                Assert.InRange(held.LatencySeconds, 0, sum.LatencySeconds + Tolerance);
                if (schedule != Schedule.Parallel || graph.Nodes.All(node => node.Condition is null))
                {
                    Assert.Equal(sum.LatencySeconds, held.LatencySeconds, Tolerance);
                }
            }
        }
    });

    [Fact]
    public void The_critical_path_is_no_longer_than_supersteps_and_they_no_longer_than_the_sum() => Check(100, (graph, branches, seed) =>
    {
        var records = new RandomRecords(graph, seed, cases: 4, settings: 2);
        foreach (var candidate in Some(records, seed))
        {
            double Latency(Schedule schedule) => new PairedProxy(records.Recorded, schedule, branches).Evaluate(candidate.Structure, candidate.Settings).Latency;
            Assert.True(Latency(Schedule.Parallel) <= Latency(Schedule.Superstep) + Tolerance);
            Assert.True(Latency(Schedule.Superstep) <= Latency(Schedule.Sequential) + Tolerance);
        }
    });

    /// <summary>One case with a recorded score for each kind of inputs: the row's accuracy where they are right, and 0 where they are not.</summary>
    private static (ProfileTable Profile, RecordedOutcomes Recorded) Independent(WorkflowGraph graph, int seed)
    {
        var random = new Random(seed);
        var agents = graph.Nodes.Select((node, i) => (node, i)).Where(pair => pair.node.Kind == NodeKind.SubAgent)
            .Select(pair => (pair.node, pair.i, Row: new SettingProfile(new Setting("m", 0), random.Next(0, 21) / 20.0, 1, 0, 1))).ToList();
        var states = from candidates in Enumerable.Range(0, 12)
                     from right in Enumerable.Range(0, candidates + 1)
                     from all in new[] { true, false }
                     select new InputState(all, right, candidates);
        return (
            new ProfileTable(graph, agents.ToDictionary(one => one.node.Name, one => (IReadOnlyList<SettingProfile>)[one.Row])),
            new RecordedOutcomes(graph, 1, agents.Select(one => (
                one.i, one.Row.Setting, 0.0, (IReadOnlyCollection<RecordedCall>)[.. states.Select(state => new RecordedCall(
                    0, state, state.AllRight || one.node.Repair is not null ? one.Row.Accuracy : 0, 1))]))));
    }

    private static IEnumerable<Candidate> Some(RandomRecords records, int seed)
    {
        var random = new Random(seed);
        foreach (var structure in new StructureSpace(records.Graph).Enumerate().Where(structure => structure.ToText(records.Graph).Length > 0).Take(6))
        {
            yield return new Candidate(structure, [.. records.Graph.Nodes.Select((node, i) =>
                structure.IsActive(i) && node.Kind == NodeKind.SubAgent ? records.Profile.Of(i)[random.Next(records.Profile.Of(i).Count)].Setting : (CallSettings?)null)]);

            // The same with a setting for each call.
            yield return new Candidate(structure, [.. records.Graph.Nodes.Select((node, i) => !structure.IsActive(i) || node.Kind != NodeKind.SubAgent ? (CallSettings?)null
                : new CallSettings([.. Enumerable.Range(0, structure.Counts[i]).Select(_ => records.Profile.Of(i)[random.Next(records.Profile.Of(i).Count)].Setting)]))]);
        }
    }

    // Most workflows may have five sub-agents; one that fails is reported with the fewest that it fails with.
    private static void Check(int count, Action<WorkflowGraph, BranchProbabilities, int> property) => PropertyCheck.Holds(Gen.Select(Gen.Int[0, int.MaxValue - 1], Gen.Int[1, 40]), count, sample =>
    {
        var (seed, agents) = sample;
        var (profile, branches) = RandomWorkflow.Create(seed, Math.Min(agents, 5));
        property(profile.Graph, branches, seed);
    });
}
