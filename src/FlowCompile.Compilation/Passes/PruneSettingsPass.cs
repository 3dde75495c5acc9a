namespace FlowCompile.Compilation;

/// <summary>
/// Drops the settings of a sub-agent that another of its settings dominates: <c>a{mini@16, mini@32, nano@64}</c> =>
/// <c>a{mini@16, mini@32}</c> where mini@16 is more accurate and no slower than nano@64. The workflow can only gain from a better call,
/// so no configuration with a dominated setting is needed.
/// </summary>
internal sealed class PruneSettingsPass : ICompilePass
{
    public string Name => "prune dominated settings";

    public void Run(CompileState state)
    {
        state.Rows = [.. state.Graph.Nodes.Select((node, i) => Prune(state, node.Name, InOrder(state.Allowed.Of(i))))];
        state.Solver = new FrontierSolver(state.Rows, state.SolverSchedule, state.Options.Objectives, state.Options.MaxAccuracyLoss, state.Options.ManyChoices, state.CallOptions.MayDiffer);
    }

    private static SettingProfile[] InOrder(IReadOnlyList<SettingProfile> rows) =>
    [
        .. rows.OrderBy(row => row.LatencySeconds).ThenByDescending(row => row.Accuracy).ThenBy(row => row.Cost)
            .ThenBy(row => row.Setting.Model, StringComparer.Ordinal).ThenBy(row => row.Setting.Budget),
    ];

    private SettingProfile[] Prune(CompileState state, string node, SettingProfile[] rows)
    {
        var combiner = new FrontCombiner(state.SolverSchedule, state.Options.Objectives);
        List<FrontPoint> points = [.. rows.Select((row, i) => combiner.Point(CallValues.Of(row), i))];
        var kept = combiner.Filter(points).Points;
        foreach (var point in points.Where(point => !kept.Contains(point)).OrderBy(point => point.Left))
        {
            var by = kept.First(one => one.Accuracy >= point.Accuracy && one.Primary <= point.Primary
                && (combiner.Quantities < 2 || one.Secondary <= point.Secondary) && (combiner.Quantities < 3 || one.Tertiary <= point.Tertiary));
            state.Record(this, node, FormattableString.Invariant(
                $"dropped {rows[point.Left].Setting}: {rows[by.Left].Setting} is as good in everything ({Text(rows[by.Left])} against {Text(rows[point.Left])})"));
        }

        return [.. kept.Select(point => rows[point.Left])];
    }

    private static string Text(SettingProfile row) =>
        FormattableString.Invariant($"{row.Accuracy:0.####} in {row.LatencySeconds * 1000:0.###} ms") + (row.Cost > 0 ? FormattableString.Invariant($" for {row.Cost:0.######}") : "")
        + (row.EnergyJoules is { } energy ? FormattableString.Invariant($" with {energy:0.###} J") : "");
}
