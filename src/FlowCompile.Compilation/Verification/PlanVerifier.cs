using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Profiling;

namespace FlowCompile.Compilation;

/// <summary>Compares the configurations of a plan with runs of the whole workflow, and corrects their estimates by what it finds.</summary>
internal sealed class PlanVerifier
{
    // The 95 % quantile of the normal distribution.
    private const double Z90 = 1.6448536269514722;
    private readonly WorkflowGraph _graph;
    private readonly CasePredictions _predictions;
    private readonly IReadOnlyList<WorkflowConfiguration> _references;
    private readonly List<string> _cases; // in the order in which they were run
    private readonly ILookup<string, EndToEndRun> _verified;
    private readonly ILookup<string, EndToEndRun> _referred;

    /// <summary>Prepares a comparison.</summary>
    /// <param name="profile">The profile, with its runs.</param>
    /// <param name="predictions">What is expected on single cases.</param>
    public PlanVerifier(ProfileTable profile, CasePredictions predictions)
    {
        (_graph, _predictions, _references) = (profile.Graph, predictions, profile.References);
        _cases = [.. profile.Runs.Select(run => run.CaseId).Distinct(StringComparer.Ordinal)];
        _verified = profile.Runs.Where(run => run.Purpose == RunPurpose.Verification).ToLookup(run => run.Configuration, StringComparer.Ordinal);
        _referred = profile.Runs.Where(run => run.Purpose == RunPurpose.Reference).ToLookup(run => run.Configuration, StringComparer.Ordinal);
    }

    /// <summary>Corrects the estimates of configurations.</summary>
    /// <param name="configurations">The configurations of the plan, with their estimates.</param>
    /// <returns>The same, corrected, and what was found; <see langword="null"/> where no run was made that could be compared.</returns>
    public (IReadOnlyList<WorkflowConfiguration> Configurations, PlanVerification? Found) Verify(IReadOnlyList<WorkflowConfiguration> configurations)
    {
        var error = LatencyError.Of([.. Ratios(configurations, _verified), .. Ratios(_references, _referred)]);
        var points = configurations.Select((one, i) => (Place: i, Structure: one.Structure.ToText(_graph), Differences: DifferencesOf(one))).ToList();
        var structures = points.Where(point => point.Differences.Count > 0).GroupBy(point => point.Structure, StringComparer.Ordinal).Select(group => (
            group.Key,
            Runs: group.Sum(point => point.Differences.Count),
            ByCase: (IReadOnlyList<double>)[.. group.SelectMany(point => point.Differences).GroupBy(one => one.CaseId, StringComparer.Ordinal).Select(one => one.Average(run => run.Difference))])).ToList();
        var corrections = ProxyCorrection.Of([.. structures.Select(one => one.ByCase)]);
        var byStructure = structures.Select((one, s) => (one.Key, corrections[s])).ToDictionary(pair => pair.Key, pair => pair.Item2, StringComparer.Ordinal);
        IReadOnlyList<WorkflowConfiguration> corrected =
        [
            .. configurations.Select((one, i) => Corrected(one, byStructure.GetValueOrDefault(points[i].Structure), error)),
        ];
        return (corrected, structures.Count == 0 ? null : Found(points.SelectMany(point => point.Differences).ToList(), structures, corrections, configurations, error));
    }

    private PlanVerification Found(
        List<(string CaseId, double Difference)> differences,
        List<(string Structure, int Runs, IReadOnlyList<double> ByCase)> structures,
        IReadOnlyList<(double Correction, double Deviation)> corrections,
        IReadOnlyList<WorkflowConfiguration> configurations,
        LatencyError? error)
    {
        var ofCase = differences.ToLookup(one => one.CaseId, one => one.Difference, StringComparer.Ordinal);
        List<double> byCase = [.. _cases.Where(ofCase.Contains).Select(one => ofCase[one].Average())];
        var check = new ProxyCheck();
        byCase.ForEach(check.Add);
        var runs = configurations.SelectMany(one => _verified[one.ToText(_graph)]).ToList();
        var mean = byCase.Average();
        var half = byCase.Count < 2 ? (double?)null : StudentT.Quantile95(byCase.Count - 1)
            * Math.Sqrt(byCase.Sum(one => (one - mean) * (one - mean)) / (byCase.Count - 1) / byCase.Count);
        List<int> concurrency = [.. runs.Select(run => run.Concurrency).Distinct()];
        return new PlanVerification
        {
            Runs = differences.Count,
            Cases = byCase.Count,
            Failures = runs.Count(run => run.Error is not null),
            Difference = mean,
            DifferenceInterval = half is { } width ? new EstimateInterval(Math.Max(-1, mean - width), Math.Min(1, mean + width)) : null,
            IsConfirmed = check.IsConfirmed,
            Structures = [.. structures.Select((one, s) => new StructureVerification(one.Structure, one.Runs, one.ByCase.Average(), corrections[s].Correction))],
            Latency = error is null ? null : new LatencyVerification(error.Ratio, error.Spread, error.Count, concurrency is [var same] ? same : null),
        };
    }

    // Measured less predicted score by case.
    private List<(string CaseId, double Difference)> DifferencesOf(WorkflowConfiguration configuration) =>
    [
        .. from run in _verified[configuration.ToText(_graph)]
           let difference = run.Score - _predictions.AccuracyOf(configuration, run.CaseId)
           where difference is not null
           select (run.CaseId, difference.Value),
    ];

    private IEnumerable<double> Ratios(IEnumerable<WorkflowConfiguration> configurations, ILookup<string, EndToEndRun> runs) => configurations
        .Select(one => runs[one.ToText(_graph)].Where(run => run.Error is null)
            .Select(run => (Measured: run.Latency.TotalSeconds, Composed: _predictions.LatencyOf(one, run.CaseId))).Where(pair => pair.Composed is not null).ToList())
        .Select(pairs => pairs.Sum(pair => pair.Measured) / pairs.Sum(pair => pair.Composed!.Value))
        .Where(ratio => ratio > 0 && double.IsFinite(ratio));

    private static WorkflowConfiguration Corrected(WorkflowConfiguration one, (double Correction, double Deviation) structure, LatencyError? error)
    {
        var estimate = one.Estimate!;
        if (structure.Correction != 0)
        {
            // What choosing has gained on the recorded draws of sampled calls is in both corrections: of two that lower it the larger counts, not their sum.
            var recorded = estimate.RecordedAccuracy ?? estimate.Accuracy;
            var accuracy = Math.Clamp(
                structure.Correction < 0 ? Math.Min(estimate.Accuracy, recorded + structure.Correction) : estimate.Accuracy + structure.Correction, 0, 1);
            estimate = estimate with
            {
                RecordedAccuracy = recorded,
                Accuracy = accuracy,
                AccuracyInterval = estimate.AccuracyInterval is not { } interval ? null : new EstimateInterval(
                    Math.Clamp(accuracy - Wider(estimate.Accuracy - interval.Low), 0, 1), Math.Clamp(accuracy + Wider(interval.High - estimate.Accuracy), 0, 1)),
            };
        }

        if (error is not null)
        {
            estimate = estimate with
            {
                LatencyInterval = error.Widen(estimate.LatencyInterval, estimate.LatencySeconds),
                LatencyP50Interval = error.Widen(estimate.LatencyP50Interval, estimate.LatencyP50Seconds),
                LatencyP95Interval = error.Widen(estimate.LatencyP95Interval, estimate.LatencyP95Seconds),
                LatencyP99Interval = error.Widen(estimate.LatencyP99Interval, estimate.LatencyP99Seconds),
            };
        }

        return ReferenceEquals(estimate, one.Estimate) ? one : new WorkflowConfiguration(one.Id, one.Structure, one.Settings, estimate);

        double Wider(double half) => Math.Sqrt((half * half) + (Z90 * Z90 * structure.Deviation * structure.Deviation)) * Math.Sign(half == 0 ? 1 : half);
    }
}
