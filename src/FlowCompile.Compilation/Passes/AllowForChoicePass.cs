using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>
/// Lets the accuracy intervals of the plan allow for the choice: what is on the frontier is there because the measured cases favour it, and is
/// less accurate on others. Estimates stay what the recorded cases say, and so does the frontier.
/// </summary>
internal sealed class AllowForChoicePass : ICompilePass
{
    public string Name => "allow for choice";

    public void Run(CompileState state)
    {
        if (state.Paired is not { } proxy || !state.Options.Objectives.HasFlag(Objectives.Accuracy))
        {
            return;
        }

        var pool = ChoicePool.Of(state.Configurations, state.Looked, proxy, state.Options.Objectives, state.CancellationToken);
        var found = new ChoiceBootstrap(pool, state.Configurations.Count, state.Options.Objectives).Run(proxy.Draws);
        state.Configurations =
        [
            .. state.Configurations.Zip(found, (one, choice) => new WorkflowConfiguration(one.Id, one.Structure, one.Settings, one.Estimate! with
            {
                AccuracyInterval = one.Estimate.AccuracyInterval!.Value with { Low = Math.Max(0, one.Estimate.AccuracyInterval.Value.Low - choice.Lower) },
            })),
        ];
        state.Record(this, "", FormattableString.Invariant(
            $"chosen again in {ChoiceBootstrap.Draws} draws of the cases from {pool.Means.Length} configurations: accuracies are expected to be {found.Average(one => one.Gain):0.####} lower on other cases, and their intervals begin up to {found.Max(one => one.Lower):0.####} lower"));
    }
}
