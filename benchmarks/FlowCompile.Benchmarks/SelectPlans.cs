using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Tests.Run.Golden.Planned;

namespace FlowCompile.Benchmarks;

/// <summary>Plans of 400 configurations, and preferences that they can keep.</summary>
internal static class SelectPlans
{
    private const int Configurations = 400;

    public static WorkflowPlan Of(SelectFrontier frontier, Random random)
    {
        var structure = WorkflowStructure.Create(MathWorkflow.Graph, [0, 0, 0, 1, 0, 0]);
        var settings = new Setting?[] { null, null, null, new Setting("nano", 0), null, null };
        return new WorkflowPlan("math", MathWorkflow.Graph.Hash, "independent", "parallel", [.. Enumerable.Range(1, Configurations).Select(i =>
            new WorkflowConfiguration($"c{i:000}", structure, settings, new Estimate
            {
                Accuracy = frontier == SelectFrontier.Concave ? Math.Sqrt(i / (double)Configurations) : random.NextDouble(),
                LatencySeconds = i / 100.0,
                LatencyP50Seconds = i / 100.0 * (0.8 + (0.1 * random.NextDouble())),
                LatencyP95Seconds = i / 100.0 * (1.5 + random.NextDouble()),
                Cost = random.NextDouble(),
                EnergyJoules = i * random.NextDouble(),
            }))], null);
    }

    public static Preference[] Preferences(SelectKind kind, WorkflowPlan plan, int count, Random random)
    {
        var preferences = new List<Preference>();
        while (preferences.Count < count)
        {
            var preference = Draw(kind, random);
            if (plan.TrySelect(preference, out _))
            {
                preferences.Add(preference);
            }
        }

        return [.. preferences];
    }

    private static Preference Draw(SelectKind kind, Random random)
    {
        var weighted = Preference.Weighted(random.NextDouble());
        return kind switch
        {
            SelectKind.Weight => weighted,
            SelectKind.MeanLatency => weighted with { MaxLatency = Seconds(4) },
            SelectKind.P95Latency => weighted with { MaxLatencyP95 = Seconds(10) },
            SelectKind.LatencyAndAccuracy => weighted with { MaxLatency = Seconds(4), MinAccuracy = random.NextDouble() },
            SelectKind.CheapestWithinP95 => Preference.Cheapest with { MaxLatencyP95 = Seconds(10), MinAccuracy = random.NextDouble() },
            SelectKind.ChebyshevWithinP95 => Preference.Chebyshev(random.NextDouble()) with { MaxLatencyP95 = Seconds(10) },
            _ => weighted with
            {
                MaxLatency = Seconds(4),
                MaxLatencyP50 = Seconds(4),
                MaxLatencyP95 = Seconds(10),
                MaxCost = random.NextDouble(),
                MaxEnergyJoules = Configurations * random.NextDouble(),
                MinAccuracy = random.NextDouble(),
            },
        };

        TimeSpan Seconds(double most) => TimeSpan.FromSeconds(most * random.NextDouble());
    }
}
