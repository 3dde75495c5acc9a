namespace FlowCompile.Compilation;

/// <summary>Estimates what is left on the recorded outcomes, and drops what another configuration dominates there.</summary>
internal sealed class ReestimatePass : ICompilePass
{
    public string Name => "re-estimate on recorded outcomes";

    public void Run(CompileState state)
    {
        if (state.Search is not { } search)
        {
            return;
        }

        foreach (var candidate in state.Candidates)
        {
            state.CancellationToken.ThrowIfCancellationRequested();
            search.Offer(candidate);
        }

        state.Record(this, "", FormattableString.Invariant(
            $"{search.Front.Count} of {state.Candidates.Count} configurations stay on {state.Profile.Recorded!.Cases} cases"));
    }
}
