using FlowCompile.Compilation;
using FlowCompile.Plans;

namespace FlowCompile.Profiling.Benchmarks;

/// <summary>
/// The exhaustive profile, and what raced ones are held against: their frontiers are estimated on it. Hypervolumes reach from no accuracy to all, and
/// to 1 % beyond the slowest configuration of the exhaustive frontier; above the least accurate one counts what is above the accuracy of the fastest
/// configuration alone.
/// </summary>
internal sealed class Exhaustive
{
    private readonly PairedProxy _proxy;
    private readonly List<Estimate> _frontier;
    private readonly double _slowest;
    private readonly double _least;

    public Exhaustive(ProfileSummary summary)
    {
        Summary = summary;
        var table = ProfileTable.From(Sample.Descriptor.Graph, summary);
        _proxy = new PairedProxy(table.Recorded!, Sample.Options.Schedule);
        var configurations = FlowCompiler.Compile(table, Sample.Options).Plan.Configurations;
        _frontier = Points(configurations);
        _slowest = 1.01 * _frontier.Max(point => point.LatencySeconds);
        _least = _frontier.Min(point => point.Accuracy);
        var needed = configurations.SelectMany(one => one.Settings.Index().Where(entry => entry.Item is not null)
            .Select(entry => (Sample.Descriptor.Graph.Nodes[entry.Index].Name, entry.Item!.Value))).ToHashSet();
        TokensOfFrontier = TokenCount.Decoded(summary.Outcomes.Where(one => needed.Contains((one.Cell.Node, one.Cell.Setting))));
        Tokens = TokenCount.Decoded(summary.Outcomes);
    }

    /// <summary>The profile.</summary>
    public ProfileSummary Summary { get; }

    /// <summary>What its cells decode, once for all budgets.</summary>
    public long Tokens { get; }

    /// <summary>What those settings decode on all cases that its own frontier has.</summary>
    public long TokensOfFrontier { get; }

    /// <summary>The share of the hypervolume that a plan compiled from a raced profile has.</summary>
    /// <param name="raced">The raced profile.</param>
    public (double Whole, double AboveLeast) VolumeOf(ProfileSummary raced)
    {
        var points = Points(FlowCompiler.Compile(ProfileTable.From(Sample.Descriptor.Graph, raced), Sample.Options).Plan.Configurations);
        return (Volume(points, 0) / Volume(_frontier, 0), Volume(points, _least) / Volume(_frontier, _least));
    }

    private List<Estimate> Points(IEnumerable<WorkflowConfiguration> configurations) =>
        [.. configurations.Select(one => _proxy.Estimate(one))];

    private double Volume(IEnumerable<Estimate> points, double least)
    {
        var (volume, best) = (0.0, least);
        foreach (var point in points.OrderBy(point => point.LatencySeconds).Where(point => point.LatencySeconds < _slowest))
        {
            volume += Math.Max(0, point.Accuracy - best) * (_slowest - point.LatencySeconds);
            best = Math.Max(best, point.Accuracy);
        }

        return volume;
    }
}
