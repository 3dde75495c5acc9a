using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>
/// Folds what runs of the whole workflow have put behind: (.988, 8.1 ms), (.987, 8.9 ms) once both are corrected => (.988, 8.1 ms). A configuration of the plan stays
/// only where it is more accurate than each that spends no more, by the estimates that the plan will say.
/// </summary>
internal sealed class FoldVerifiedPass : ICompilePass
{
    public string Name => "fold what runs put behind";

    public void Run(CompileState state)
    {
        if (state is not { Verification: not null, Differences: { } differences, Options.KeepAll: false })
        {
            return;
        }

        var objectives = state.Options.Objectives;
        var (kept, behind) = (new List<WorkflowConfiguration>(), new List<(WorkflowConfiguration One, WorkflowConfiguration Into)>());
        foreach (var one in FoldPass.Ordered(state.Configurations, objectives))
        {
            var best = kept.Where(other => FoldPass.SpendsNoMore(other, one, objectives)).MaxBy(other => other.Estimate!.Accuracy);
            if (best is null || one.Estimate!.Accuracy > best.Estimate!.Accuracy)
            {
                kept.Add(one);
            }
            else
            {
                behind.Add((one, best));
            }
        }

        if (behind.Count == 0)
        {
            return;
        }

        List<WorkflowConfiguration> plan = [.. state.Configurations.Where(kept.Contains)];
        var places = behind.ToDictionary(pair => pair.One, pair => pair.Into);
        state.Folded =
        [
            .. state.Folded.Select(pair => places.TryGetValue(state.Configurations[pair.Into], out var into)
                ? (pair.One, plan.IndexOf(into), differences.Between(pair.One, into))
                : (pair.One, plan.IndexOf(state.Configurations[pair.Into]), pair.Difference)),
            .. behind.Select(pair => (pair.One, plan.IndexOf(pair.Into), differences.Between(pair.One, pair.Into).With(pair.One.Estimate!.Accuracy - pair.Into.Estimate!.Accuracy))),
        ];
        state.Configurations = plan;
        state.Record(this, "", FormattableString.Invariant($"{behind.Count} are no more accurate than others that spend no more, once runs have corrected both, and are folded into them"));
    }
}
