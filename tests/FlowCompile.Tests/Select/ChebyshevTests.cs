using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Tests.Graph;

namespace FlowCompile.Tests.Select;

public class ChebyshevTests
{
    [Fact]
    public void EveryPointOfAFrontier_IsChosenForSomeWeight()
    {
        // The second point lies below the line from the first to the third: no weighted sum ever prefers it.
        var plan = Plan((.40, 1), (.45, 3), (.90, 4));
        var weights = Enumerable.Range(0, 1001).Select(i => i / 1000.0).ToList();

        Assert.Equal(["c01", "c03"], weights.Select(weight => plan.Select(Preference.Weighted(weight)).Id).Distinct().Order());
        Assert.Equal(["c01", "c02", "c03"], weights.Select(weight => plan.Select(Preference.Chebyshev(weight)).Id).Distinct().Order());
    }

    [Fact]
    public void Choice_AgreesWithTryingEveryConfiguration()
    {
        var random = new Random(31);
        for (var round = 0; round < 500; round++)
        {
            var points = Enumerable.Range(0, random.Next(1, 12)).Select(_ => (Accuracy: random.NextDouble(), Latency: 0.01 + random.NextDouble())).OrderBy(point => point.Latency).ToArray();
            var plan = Plan(points);
            var weight = random.NextDouble();
            var limit = random.Next(2) == 0 ? (TimeSpan?)null : TimeSpan.FromSeconds(points[random.Next(points.Length)].Latency + 0.001);

            var chosen = plan.Select(Preference.Chebyshev(weight) with { MaxLatency = limit });

            Assert.Equal(
                plan.Configurations.Where(one => limit is null || one.Estimate!.Latency <= limit).Min(Regret), Regret(chosen), 1e-8);

            double Regret(WorkflowConfiguration configuration)
            {
                var (accuracy, latency) = (configuration.Estimate!.Accuracy, configuration.Estimate.LatencySeconds);
                var accuracies = points.Max(point => point.Accuracy) - points.Min(point => point.Accuracy);
                var latencies = points.Max(point => point.Latency) - points.Min(point => point.Latency);
                return Math.Max(
                    accuracies == 0 ? 0 : weight * (points.Max(point => point.Accuracy) - accuracy) / accuracies,
                    latencies == 0 ? 0 : (1 - weight) * (latency - points.Min(point => point.Latency)) / latencies);
            }
        }
    }

    [Fact]
    public void Ends_AreTheFastestAndTheMostAccurate()
    {
        var plan = Plan((.40, 1), (.45, 3), (.90, 4));

        Assert.Equal("c01", plan.Select(Preference.Chebyshev(0)).Id);
        Assert.Equal("c03", plan.Select(Preference.Chebyshev(1)).Id);
    }

    [Fact]
    public void Choosing_AllocatesNothing()
    {
        var plan = Plan([.. Enumerable.Range(1, 400).Select(i => (i / 401.0, i / 10.0))]);
        var limited = Preference.Chebyshev(.3) with { MaxLatency = TimeSpan.FromSeconds(20), MinAccuracy = .1 };
        plan.Select(limited);
        plan.TrySelect(Preference.Within(TimeSpan.FromSeconds(9)), out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            plan.Select(limited);
            plan.Select(Preference.Chebyshev(i / 100.0));
            plan.TrySelect(Preference.Within(TimeSpan.FromSeconds(9)), out _);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Text_SaysSo() => Assert.Equal("0.3 (Chebyshev), at most 2 s", (Preference.Chebyshev(.3) with { MaxLatency = TimeSpan.FromSeconds(2) }).ToString());

    private static WorkflowPlan Plan(params (double Accuracy, double Latency)[] points)
    {
        var graph = Graphs.Math();
        var structure = new StructureSpace(graph).Largest;
        return new WorkflowPlan("math", graph.Hash, "independent", "parallel", [.. points.Select((point, i) => new WorkflowConfiguration(
            $"c{i + 1:00}", structure, new Setting?[graph.Nodes.Count], new Estimate { Accuracy = point.Accuracy, LatencySeconds = point.Latency }))], null);
    }
}
