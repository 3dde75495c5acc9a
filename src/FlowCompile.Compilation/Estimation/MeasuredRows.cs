using FlowCompile.Graph;
using FlowCompile.Profiling;

namespace FlowCompile.Compilation;

/// <summary>Says of a measured profile which settings can be compiled, which were not measured to the end, and which the code allows no longer.</summary>
/// <param name="graph">The workflow's graph.</param>
/// <param name="summary">The measured profile.</param>
/// <param name="space">What the sub-agents may run under today; <see langword="null"/> for what was measured.</param>
internal sealed class MeasuredRows(WorkflowGraph graph, ProfileSummary summary, SettingSpace? space)
{
    // What was measured on less than this share of the inputs of its best measured neighbour was stopped on the way.
    private const double LeastShare = 0.9;

    /// <summary>The rows that can be compiled.</summary>
    public IEnumerable<SettingSummary> Usable => summary.Rows.Where(row => IsUsable(row) && Allows(row.Node, row.Setting));

    /// <summary>What the sub-agents may run under and was not measured to the end, by sub-agent.</summary>
    public IReadOnlyList<IncompleteSetting> Incomplete => [.. graph.Nodes.Index().Where(entry => entry.Item.Kind == NodeKind.SubAgent).SelectMany(entry => Of(entry.Index, entry.Item.Name))];

    /// <summary>What was measured and the code allows no longer.</summary>
    public IReadOnlyList<(string Node, Setting Setting)> Disallowed =>
        [.. summary.Rows.Where(row => !Allows(row.Node, row.Setting) && space!.Of(graph.IndexOf(row.Node)).Count > 0).Select(row => (row.Node, row.Setting))];

    private static bool IsUsable(SettingSummary row) => row is { IsLeftOut: false, Accuracy.Count: > 0, Latency: not null };

    private bool Allows(string node, Setting setting) => space is null || (graph.IndexOf(node) is >= 0 and var index && space.Of(index).Contains(setting));

    private IEnumerable<IncompleteSetting> Of(int index, string node)
    {
        var rows = summary.Rows.Where(row => row.Node == node).ToList();
        var dropped = summary.Manifest.Dropped.Where(one => one.Node == node).Select(one => one.Setting).ToHashSet();
        var most = rows.Select(row => row.Measured).DefaultIfEmpty(0).Max();
        foreach (var setting in space?.Of(index) ?? [.. rows.Select(row => row.Setting).Union(dropped)])
        {
            var row = rows.Find(one => one.Setting == setting);
            IncompleteCause? cause = dropped.Contains(setting) ? IncompleteCause.Dropped
                : row is null ? IncompleteCause.Missing
                : row.IsLeftOut || (!IsUsable(row) && row.Failures > 0) ? IncompleteCause.Failed
                : !IsUsable(row) || row.Measured < LeastShare * most ? IncompleteCause.Partial
                : null;
            if (cause is { } one)
            {
                yield return new IncompleteSetting(node, setting, one);
            }
        }
    }
}
