namespace FlowCompile.Compilation;

/// <summary>
/// Looks around the frontier on the recorded outcomes: a configuration that differs in one setting, or in its structure, from one that
/// stays may stay too, or take its place. Where there are few configurations, it looks at all of them.
/// </summary>
internal sealed class ImprovePass : ICompilePass
{
    private const int MaxLooks = 100_000;
    private const int MaxAll = 20_000;

    public string Name => "improve";

    public void Run(CompileState state)
    {
        if (state.Search is not { } search)
        {
            return;
        }

        var (before, start) = (search.Front.ToHashSet(ReferenceEqualityComparer.Instance), search.Looks);
        var text = "until nothing near was left";
        if (state.Space <= MaxAll)
        {
            foreach (var candidate in state.Decomposed.SelectMany(one => AllConfigurations.Of(state.Allowed, one.Structure)))
            {
                state.CancellationToken.ThrowIfCancellationRequested();
                search.Offer(candidate);
            }

            text = "all there are";
        }
        else if (!search.Run(start + MaxLooks, state.CancellationToken))
        {
            text = "where the search was ended";
        }

        state.Candidates = [.. search.Front.Select(entry => entry.Candidate)];
        state.Record(this, "", FormattableString.Invariant(
            $"looked at {search.Looks - start} more configurations, {text}: {search.Front.Count} stay, {search.Front.Count(entry => !before.Contains(entry))} of them new"));
    }
}
