using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Profiling.Testing;

namespace FlowCompile.Compilation;

/// <summary>The proxies side by side against what configurations did end to end.</summary>
public sealed record FidelityComparison
{
    private const double Z90 = 1.6448536269514722;
    private const int MaxBlock = 10;
    private const int MinBlocks = 20;

    /// <summary>How many configurations were compared; those of which every run failed are not.</summary>
    public required int Configurations { get; init; }

    /// <summary>The proxies over all configurations: the independent one, and the paired one where the profile has what it needs.</summary>
    public required IReadOnlyList<ProxyFidelity> Overall { get; init; }

    /// <summary>The same for each structure.</summary>
    public required IReadOnlyList<(WorkflowStructure Structure, int Configurations, IReadOnlyList<ProxyFidelity> Proxies)> ByStructure { get; init; }

    /// <summary>Compares.</summary>
    /// <param name="results">What configurations did end to end.</param>
    /// <param name="profile">The profile that they are estimated from.</param>
    /// <param name="schedule">The schedule that the runs had.</param>
    /// <param name="branches">How often each branch is taken where that was not recorded (default: as often as was recorded).</param>
    public static FidelityComparison Of(
        IReadOnlyList<HeldOutResult> results, ProfileTable profile, Schedule schedule, BranchProbabilities? branches = null)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(profile);
        var measured = results.Where(result => result.Accuracy.Value is not null).ToList();
        var independent = new IndependentProxy(profile, schedule, branches);
        List<(string Name, Func<WorkflowConfiguration, Estimate> Estimate)> proxies = [(independent.Name, independent.Estimate)];
        if (profile.Recorded is { } recorded)
        {
            var resampled = new ResampledIndependentProxy(profile, recorded, schedule, branches);
            proxies = [(independent.Name, resampled.Estimate), ("paired", new PairedProxy(recorded, schedule, branches).Estimate)];
        }

        var estimates = proxies.Select(proxy => (proxy.Name, Estimates: measured.Select(result => proxy.Estimate(result.Configuration)).ToList())).ToList();
        IReadOnlyList<ProxyFidelity> Compare(IReadOnlyList<int> which) =>
            [.. estimates.Select(proxy => Of(proxy.Name, [.. which.Select(i => proxy.Estimates[i])], [.. which.Select(i => measured[i])], profile.Recorded?.Cases))];
        return new FidelityComparison
        {
            Configurations = measured.Count,
            Overall = Compare([.. Enumerable.Range(0, measured.Count)]),
            ByStructure = [.. Enumerable.Range(0, measured.Count).GroupBy(i => measured[i].Configuration.Structure)
                .OrderBy(group => group.Key.ToText(profile.Graph), StringComparer.Ordinal)
                .Select(group => (group.Key, group.Count(), Compare([.. group])))],
        };
    }

    private static ProxyFidelity Of(string name, List<Estimate> estimates, List<HeldOutResult> results, int? profiled)
    {
        var (scores, latencies) = (Values(results, run => run.Score!.Value), Values(results, run => run.Latency.TotalSeconds));
        return new ProxyFidelity(
            name,
            Of([.. estimates.Select(one => (one.Accuracy, one.AccuracyInterval))], [.. scores.Select(values => Spread(Ended(values)))], AttainableRank.Of(scores, profiled ?? scores.FirstOrDefault()?.Length ?? 0)),
            Of([.. estimates.Select(one => (one.LatencySeconds, one.LatencyInterval))], [.. latencies.Select(values => Spread(Blocks([.. Ended(values)])))], AttainableRank.Of(latencies, profiled ?? latencies.FirstOrDefault()?.Length ?? 0)));
    }

    // A run that failed has no number.
    private static List<double[]> Values(List<HeldOutResult> results, Func<HeldOutRun, double> value) =>
        [.. results.Select(result => result.Runs.Select(run => run.Score is null ? double.NaN : value(run)).ToArray())];

    private static IEnumerable<double> Ended(double[] values) => values.Where(value => !double.IsNaN(value));

    private static QuantityFidelity Of(List<(double Value, EstimateInterval? Interval)> estimates, List<(double Mean, double HalfWidth)> measured, double? attainable)
    {
        double[] predicted = [.. estimates.Select(one => one.Value)];
        double[] actual = [.. measured.Select(one => one.Mean)];
        return new QuantityFidelity(
            Fidelity.Spearman(predicted, actual),
            Fidelity.PairwiseAgreement(predicted, actual),
            Fidelity.MeanAbsoluteError(predicted, actual),
            predicted.Length == 0 ? null : predicted.Zip(actual, (p, a) => p - a).Average(),
            predicted.Length == 0 || estimates.Exists(one => one.Interval is null)
                ? null
                : estimates.Zip(measured, (estimate, one) => IsCovered(estimate.Value, estimate.Interval!.Value, one) ? 1.0 : 0).Average(),
            attainable);
    }

    // Two independent errors add as their squares do.
    private static bool IsCovered(double value, EstimateInterval interval, (double Mean, double HalfWidth) measured)
    {
        var distance = measured.Mean - value;
        var own = distance < 0 ? value - interval.Low : interval.High - value;
        return Math.Abs(distance) <= Math.Sqrt((own * own) + (measured.HalfWidth * measured.HalfWidth));
    }

    // A machine that is slow is slow for a while: what lies between means of runs one after another is the error, not what lies between runs.
    private static IEnumerable<double> Blocks(double[] runs)
    {
        var size = Math.Clamp(runs.Length / MinBlocks, 1, MaxBlock);
        return runs.Take(runs.Length / size * size).Chunk(size).Select(block => block.Average());
    }

    private static (double Mean, double HalfWidth) Spread(IEnumerable<double> values)
    {
        double[] all = [.. values];
        var mean = all.Average();
        var variance = all.Length < 2 ? 0 : all.Sum(value => (value - mean) * (value - mean)) / (all.Length - 1);
        return (mean, Z90 * Math.Sqrt(variance / all.Length));
    }
}
