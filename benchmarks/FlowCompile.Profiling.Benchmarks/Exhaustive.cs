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
    private readonly Experiment _experiment;
    private readonly PairedProxy _proxy;
    private readonly List<Estimate> _frontier;
    private readonly double _slowest;
    private readonly double _least;

    public Exhaustive(Experiment experiment, ProfileSummary summary)
    {
        _experiment = experiment;
        Summary = summary;
        var table = ProfileTable.From(experiment.Graph, summary);
        _proxy = new PairedProxy(table.Recorded!, experiment.Options.Schedule);
        var configurations = FlowCompiler.Compile(table, experiment.Options with { KeepAll = true }).Plan.Configurations;
        _frontier = [.. configurations.Select(one => _proxy.Estimate(one))];
        _slowest = 1.01 * _frontier.Max(point => point.LatencySeconds);
        _least = _frontier.Min(point => point.Accuracy);
        var needed = configurations.SelectMany(one => one.Settings.Index()
            .SelectMany(entry => (entry.Item?.Distinct ?? []).Select(setting => (experiment.Graph.Nodes[entry.Index].Name, setting)))).ToHashSet();
        TokensOfFrontier = TokenCount.Decoded(summary.Outcomes.Where(one => needed.Contains((one.Cell.Node, one.Cell.Setting))));
        Tokens = TokenCount.Decoded(summary.Outcomes);
    }

    /// <summary>The profile.</summary>
    public ProfileSummary Summary { get; }

    /// <summary>What its cells decode, once for all budgets.</summary>
    public long Tokens { get; }

    /// <summary>What those settings decode on all cases that its own frontier has.</summary>
    public long TokensOfFrontier { get; }

    /// <summary>Compiles a raced profile, and estimates its plan on the exhaustive one.</summary>
    /// <param name="raced">The raced profile.</param>
    public Comparison Compare(ProfileSummary raced)
    {
        var configurations = FlowCompiler.Compile(ProfileTable.From(_experiment.Graph, raced), _experiment.Options with { KeepAll = true }).Plan.Configurations;
        Estimate[] points = [.. configurations.Select(one => _proxy.Estimate(one))];
        var pairs = configurations.Zip(points, (one, exhaustive) => (Raced: one.Estimate, Exhaustive: exhaustive)).ToList();
        return new Comparison(
            Volume(points, 0) / Volume(_frontier, 0),
            Volume(points, _least) / Volume(_frontier, _least),
            pairs.Average(pair => pair.Raced!.AccuracyInterval!.Value.Contains(pair.Exhaustive.Accuracy) ? 1.0 : 0),
            pairs.Average(pair => pair.Raced!.LatencyInterval!.Value.Contains(pair.Exhaustive.LatencySeconds) ? 1.0 : 0));
    }

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
