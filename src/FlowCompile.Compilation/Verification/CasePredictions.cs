using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>What is expected of configurations on single cases, for comparison with runs of the whole workflow.</summary>
public sealed class CasePredictions
{
    private readonly PairedProxy? _paired;
    private readonly Dictionary<string, int> _places;
    private readonly Dictionary<WorkflowConfiguration, (double[] Accuracy, double[] Latency)> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>Prepares the predictions.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="options">What it is compiled for.</param>
    public CasePredictions(ProfileTable profile, CompileOptions options)
        : this(
            profile,
            (options ?? throw new ArgumentNullException(nameof(options))).Proxy == ProxyKind.Paired && (profile ?? throw new ArgumentNullException(nameof(profile))).Recorded is { } recorded
                ? new PairedProxy(recorded, options.Schedule, options.Branches ?? profile.Branches)
                : null)
    {
    }

    internal CasePredictions(ProfileTable profile, PairedProxy? paired)
    {
        _paired = paired;
        _places = paired is null ? [] : (profile.Recorded?.CaseIds ?? []).Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
    }

    /// <summary>The score that is expected of a configuration on a case, before anything was corrected.</summary>
    /// <param name="configuration">The configuration, with its estimate.</param>
    /// <param name="caseId">The id of the case.</param>
    /// <returns>
    /// The score, 0 to 1; <see langword="null"/> where the case was not measured. Where the proxy knows no single cases, the mean over all.
    /// </returns>
    public double? AccuracyOf(WorkflowConfiguration configuration, string caseId)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(caseId);
        return _paired is null ? configuration.Estimate?.RecordedAccuracy ?? configuration.Estimate?.Accuracy
            : _places.TryGetValue(caseId, out var place) ? Of(configuration).Accuracy[place]
            : null;
    }

    /// <summary>The mean latency that is expected of a configuration on a case, in seconds.</summary>
    internal double? LatencyOf(WorkflowConfiguration configuration, string caseId) =>
        _paired is null ? configuration.Estimate?.LatencySeconds
        : _places.TryGetValue(caseId, out var place) ? Of(configuration).Latency[place]
        : null;

    private (double[] Accuracy, double[] Latency) Of(WorkflowConfiguration configuration)
    {
        lock (_known)
        {
            if (!_known.TryGetValue(configuration, out var known))
            {
                var (accuracy, latency, _) = _paired!.ByCase(configuration.Structure, configuration.Settings);
                _known.Add(configuration, known = ([.. accuracy.Select(one => Math.Clamp(one, 0, 1))], latency));
            }

            return known;
        }
    }
}
