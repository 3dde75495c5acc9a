using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Tests.Graph;

namespace FlowCompile.Tests.Select;

/// <summary>Every kind of objective under every combination of limits, on random plans, against trying every configuration.</summary>
public class SelectOracleTests
{
    private static readonly WorkflowGraph s_graph = Graphs.Math();
    private static readonly WorkflowStructure s_structure = new StructureSpace(s_graph).Largest;
    private static readonly string[] s_models = ["a", "b", "c", "d"];

    [Theory]
    [InlineData(1, 1500, 12)]
    [InlineData(2, 400, 70)]
    [InlineData(3, 20, 400)]
    [InlineData(4, 16, 2400)]
    public void Choice_AgreesWithTryingEveryConfiguration(int seed, int plans, int most)
    {
        var random = new Random(seed);
        var (chosen, refused) = (0, 0);
        for (var round = 0; round < plans; round++)
        {
            var plan = RandomPlan(random, random.Next(1, most + 1));
            var ranges = new Ranges(plan);
            var mask = plan.Without([.. s_models.Where(model => random.Next(4) == 0 && plan.Models.Contains(model))]);
            for (var i = 0; i < 20; i++)
            {
                var preference = RandomPreference(random, plan);
                Check(ranges, plan.Configurations, preference, plan.Select, ref chosen, ref refused);
                if (mask.Configurations.Count > 0)
                {
                    Check(ranges, mask.Configurations, preference, mask.Select, ref chosen, ref refused);
                }
            }
        }

        Assert.True(chosen > 300 && refused > 50, $"{chosen} choices and {refused} refusals were tried.");
    }

    /// <summary>Where values are not rounded, so that equal ones are equal, it is the very one that comparing one by one finds.</summary>
    [Fact]
    public void OfEqualOnes_TheChoiceIsTheOneThatComparingFinds()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var plan = RandomPlan(random, random.Next(1, 80));
            var all = Enumerable.Repeat(true, plan.Configurations.Count).ToArray();
            for (var i = 0; i < 20; i++)
            {
                var limited = RandomPreference(random, plan);
                var preference = limited.Objective is PreferenceObjective.Cost or PreferenceObjective.Energy ? limited : (random.Next(2) == 0 ? Preference.Fastest : Preference.MostAccurate) with
                {
                    MaxLatency = limited.MaxLatency,
                    MaxLatencyP50 = limited.MaxLatencyP50,
                    MaxLatencyP95 = limited.MaxLatencyP95,
                    MaxCost = limited.MaxCost,
                    MaxEnergyJoules = limited.MaxEnergyJoules,
                    MinAccuracy = limited.MinAccuracy,
                };
                plan.TrySelect(preference, out var choice);
                Assert.Same(plan.TrySelectAmong(preference, all), choice);
            }
        }
    }

    [Fact]
    public void Mask_LeavesTheConfigurationsWithoutTheModels()
    {
        var plan = RandomPlan(new Random(5), 40);
        var mask = plan.Without("a", "c");

        Assert.Equal(plan.Configurations.Where(one => !one.Settings.Any(setting => setting is { } own && (own.Uses("a") || own.Uses("c")))), mask.Configurations);
        var error = Assert.Throws<InfeasiblePreferenceException>(() => plan.Without(s_models).Select(Preference.Fastest with { MaxCost = 0 }));
        Assert.Equal("Every configuration of 'math' needs a model that is not allowed (a, b, c, d).", error.Message);
        Assert.Contains(error.Nearest, plan.Configurations);
    }

    [Fact]
    public void Choosing_AllocatesNothing()
    {
        var random = new Random(6);
        var plan = RandomPlan(random, 400);
        var mask = plan.Without("a");
        var preferences = Enumerable.Range(0, 5000).Select(_ => RandomPreference(random, plan)).Where(one => plan.TrySelect(one, out _) && TrySelect(mask, one)).ToArray();
        Assert.True(preferences.Length > 500);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var preference in preferences)
        {
            plan.Select(preference);
            mask.Select(preference);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static bool TrySelect(ModelMask mask, Preference preference)
    {
        try
        {
            mask.Select(preference);
            return true;
        }
        catch (InfeasiblePreferenceException)
        {
            return false;
        }
    }

    private static void Check(
        Ranges ranges, IReadOnlyList<WorkflowConfiguration> left, Preference preference, Func<Preference, WorkflowConfiguration> select, ref int chosen, ref int refused)
    {
        var feasible = left.Where(one => Misses(one.Estimate!, preference).Count == 0).ToList();
        if (feasible.Count > 0)
        {
            chosen++;
            var choice = select(preference);
            Assert.Contains(choice, feasible);
            Assert.Equal(feasible.Max(one => ranges.Value(one.Estimate!, preference)), ranges.Value(choice.Estimate!, preference), 1e-9);
            return;
        }

        refused++;
        var error = Assert.Throws<InfeasiblePreferenceException>(() => select(preference));
        var misses = Misses(error.Nearest.Estimate!, preference);
        Assert.Contains(error.Nearest, left);
        Assert.Equal(misses, error.Misses);
        Assert.Equal(left.Min(Distance), Distance(error.Nearest));
        Assert.All(misses, miss => Assert.Contains(miss.ToString(), error.Message, StringComparison.Ordinal));

        (int Unknown, double Sum) Distance(WorkflowConfiguration one)
        {
            var own = Misses(one.Estimate!, preference);
            return (own.Count(miss => miss.Actual is null), Math.Round(own.Sum(miss => miss.Actual is null ? 0 : miss.By!.Value / Range(miss.Limit)), 9));
        }

        double Range(PreferenceLimit limit)
        {
            var known = left.Select(one => Of(one.Estimate!, limit)).OfType<double>().ToList();
            return known.Count == 0 || known.Max() == known.Min() ? 1 : known.Max() - known.Min();
        }
    }

    private static List<LimitMiss> Misses(Estimate estimate, Preference preference)
    {
        var misses = new List<LimitMiss>();
        Most(PreferenceLimit.Latency, preference.MaxLatency?.TotalSeconds);
        Most(PreferenceLimit.LatencyP50, preference.MaxLatencyP50?.TotalSeconds);
        Most(PreferenceLimit.LatencyP95, preference.MaxLatencyP95?.TotalSeconds);
        Most(PreferenceLimit.Cost, preference.MaxCost);
        Most(PreferenceLimit.Energy, preference.MaxEnergyJoules ?? (preference.Objective == PreferenceObjective.Energy ? double.PositiveInfinity : null));
        if (estimate.Accuracy < preference.MinAccuracy)
        {
            misses.Add(new LimitMiss(PreferenceLimit.Accuracy, preference.MinAccuracy.Value, estimate.Accuracy));
        }

        return misses;

        void Most(PreferenceLimit limit, double? allowed)
        {
            if (allowed is { } most && !(Of(estimate, limit) <= most))
            {
                misses.Add(new LimitMiss(limit, most, Of(estimate, limit)));
            }
        }
    }

    private static double? Of(Estimate estimate, PreferenceLimit limit) => limit switch
    {
        PreferenceLimit.Latency => estimate.LatencySeconds,
        PreferenceLimit.LatencyP50 => estimate.LatencyP50Seconds,
        PreferenceLimit.LatencyP95 => estimate.LatencyP95Seconds,
        PreferenceLimit.Cost => estimate.Cost,
        PreferenceLimit.Energy => estimate.EnergyJoules,
        _ => estimate.Accuracy,
    };

    /// <summary>A plan in which some numbers are unknown and, half of the time, many are equal.</summary>
    private static WorkflowPlan RandomPlan(Random random, int count)
    {
        var steps = random.Next(2) == 0 ? 5 : 1_000_000;
        var hasEnergy = random.Next(4) > 0;
        var isFrontier = random.Next(3) == 0;
        var latencies = Enumerable.Range(0, count).Select(_ => Draw() * 10).Order().ToArray();
        var accuracies = Enumerable.Range(0, count).Select(_ => Draw()).ToArray();
        if (isFrontier)
        {
            Array.Sort(accuracies);
        }

        return new WorkflowPlan("math", s_graph.Hash, "independent", "parallel", [.. latencies.Select((latency, i) => new WorkflowConfiguration(
            $"c{i + 1:000}",
            s_structure,
            [.. s_graph.Nodes.Select((_, node) => s_structure.IsActive(node) && (node == 0 || random.Next(3) == 0) ? new Setting(s_models[random.Next(s_models.Length)], 0) : (Setting?)null)],
            new Estimate
            {
                Accuracy = accuracies[i],
                LatencySeconds = latency,
                Cost = Draw(),
                EnergyJoules = hasEnergy && random.Next(5) > 0 ? Draw() * 100 : null,
                LatencyP50Seconds = random.Next(8) > 0 ? latency * 0.9 : null,
                LatencyP95Seconds = random.Next(8) > 0 ? latency * (1 + Draw()) : null,
            }))], null);

        double Draw() => random.Next(steps + 1) / (double)steps;
    }

    private static Preference RandomPreference(Random random, WorkflowPlan plan)
    {
        var preference = random.Next(6) switch
        {
            0 => Preference.Cheapest,
            1 => Preference.LeastEnergy,
            2 => Preference.Chebyshev(random.Next(5) == 0 ? random.Next(2) : random.NextDouble()),
            _ => Preference.Weighted(random.Next(5) == 0 ? random.Next(2) : random.NextDouble()),
        };
        var often = random.Next(1, 4);
        return preference with
        {
            MaxLatency = Time(one => one.LatencySeconds),
            MaxLatencyP50 = Time(one => one.LatencyP50Seconds),
            MaxLatencyP95 = Time(one => one.LatencyP95Seconds),
            MaxCost = Limit(one => one.Cost),
            MaxEnergyJoules = Limit(one => one.EnergyJoules),
            MinAccuracy = Limit(one => one.Accuracy) is { } accuracy ? Math.Min(1, accuracy) : null,
        };

        TimeSpan? Time(Func<Estimate, double?> of) => Limit(of) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

        // Half of the limits are met exactly by some configuration.
        double? Limit(Func<Estimate, double?> of)
        {
            if (random.Next(6) >= often)
            {
                return null;
            }

            var value = of(plan.Configurations[random.Next(plan.Configurations.Count)].Estimate!);
            return random.Next(2) == 0 ? value : value * (0.5 + random.NextDouble());
        }
    }

    /// <summary>What a preference makes of an estimate, the ranges of the whole plan being known.</summary>
    private sealed class Ranges(WorkflowPlan plan)
    {
        private readonly double _fastest = plan.Configurations.Min(one => one.Estimate!.LatencySeconds);
        private readonly double _slowest = plan.Configurations.Max(one => one.Estimate!.LatencySeconds);
        private readonly double _worst = plan.Configurations.Min(one => one.Estimate!.Accuracy);
        private readonly double _best = plan.Configurations.Max(one => one.Estimate!.Accuracy);

        public double Value(Estimate estimate, Preference preference)
        {
            var wrong = _best == _worst ? 0 : preference.Weight * (_best - estimate.Accuracy) / (_best - _worst);
            var slow = _slowest == _fastest ? 0 : (1 - preference.Weight) * (estimate.LatencySeconds - _fastest) / (_slowest - _fastest);
            return preference.Objective switch
            {
                PreferenceObjective.Weighted => -wrong - slow,
                PreferenceObjective.Chebyshev => -Math.Round(Math.Max(wrong, slow), 7),
                PreferenceObjective.Cost => -estimate.Cost,
                _ => -estimate.EnergyJoules!.Value,
            };
        }
    }
}
