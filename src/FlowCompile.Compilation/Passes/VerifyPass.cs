namespace FlowCompile.Compilation;

/// <summary>Corrects the estimates of the plan's configurations by what runs of the whole workflow have shown, where some were made.</summary>
internal sealed class VerifyPass : ICompilePass
{
    public string Name => "verify";

    public void Run(CompileState state)
    {
        if (state.Profile.Runs.Count == 0)
        {
            return;
        }

        var verifier = new PlanVerifier(state.Profile, new CasePredictions(state.Profile, state.Paired));
        (state.Configurations, state.Verification) = verifier.Verify(state.Configurations);
        if (state.Verification is not { } found)
        {
            return;
        }

        state.Record(this, "", FormattableString.Invariant(
            $"{found.Runs} runs on {found.Cases} cases were {found.Difference:+0.####;-0.####;0} in score off what was composed{(found.IsConfirmed ? ", and confirm it" : "")}"));
        foreach (var one in found.Structures.Where(one => one.Correction != 0))
        {
            state.Record(this, one.Structure, FormattableString.Invariant($"accuracies are corrected by {one.Correction:+0.####;-0.####;0}"));
        }

        if (found.Latency is { } latency)
        {
            state.Record(this, "", FormattableString.Invariant(
                $"runs took {latency.Ratio:0.###} times what was composed, with a spread of {latency.Spread:0.###} over {latency.Configurations} configurations; latency intervals allow for it"));
        }
    }
}
