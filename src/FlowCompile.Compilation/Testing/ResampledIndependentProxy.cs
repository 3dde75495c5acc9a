using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>The independent proxy with 90 % intervals: its means are taken again and again over cases drawn with replacement.</summary>
internal sealed class ResampledIndependentProxy
{
    private const int Resamples = 200;
    private const int Tail = Resamples / 20;
    private readonly IndependentProxy _proxy;
    private readonly IndependentProxy[] _resampled;

    public ResampledIndependentProxy(ProfileTable profile, RecordedOutcomes recorded, Schedule schedule, BranchProbabilities? branches)
    {
        _proxy = new IndependentProxy(profile, schedule, branches);
        var bootstrap = new CaseBootstrap(recorded.Cases);
        _resampled = [.. bootstrap.Weights.Take(Resamples).Select(weights => new IndependentProxy(Resample(profile, recorded, weights), schedule, branches))];
    }

    public Estimate Estimate(WorkflowConfiguration configuration)
    {
        var resampled = _resampled.Select(proxy => proxy.Estimate(configuration)).ToList();
        return _proxy.Estimate(configuration) with
        {
            AccuracyInterval = Interval(resampled.Select(one => one.Accuracy)),
            LatencyInterval = Interval(resampled.Select(one => one.LatencySeconds)),
        };
    }

    private static EstimateInterval Interval(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new EstimateInterval(sorted[Tail], sorted[^(Tail + 1)]);
    }

    private static ProfileTable Resample(ProfileTable profile, RecordedOutcomes recorded, double[] weights) => new(
        profile.Graph,
        profile.Graph.Nodes.Select((node, i) => (node, i)).Where(pair => pair.node.Kind == NodeKind.SubAgent).ToDictionary(
            pair => pair.node.Name,
            pair => (IReadOnlyList<SettingProfile>)[.. profile.Of(pair.i).Select(row => recorded.Of(pair.i, row.Setting).Reweigh(row, pair.node.Repair is null, weights))]));
}
