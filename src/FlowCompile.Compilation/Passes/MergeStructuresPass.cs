namespace FlowCompile.Compilation;

/// <summary>Puts the fronts of all structures together, and drops the points that another structure dominates.</summary>
internal sealed class MergeStructuresPass : ICompilePass
{
    public string Name => "merge structures";

    public void Run(CompileState state)
    {
        var combiner = new FrontCombiner(state.SolverSchedule, state.Options.Objectives);
        var points = new List<FrontPoint>();
        for (var s = 0; s < state.Solved.Count; s++)
        {
            points.AddRange(state.Solved[s].Front.Points.Select((point, i) => point with { Left = s, Right = i }));
        }

        var kept = combiner.Filter(points).Points;
        state.Points = [.. kept.Select(point => (state.Solved[point.Left], point.Right))];
        var counts = kept.CountBy(point => point.Left).ToDictionary();
        for (var s = 0; s < state.Solved.Count; s++)
        {
            state.Record(this, state.Solved[s].Decomposed.Structure.ToText(state.Graph), counts.TryGetValue(s, out var count)
                ? FormattableString.Invariant($"kept {count} of {state.Solved[s].Front.Count}")
                : "dropped: other structures dominate all its configurations");
        }
    }
}
