namespace FlowCompile.Compilation;

/// <summary>
/// Looks around the frontier on the recorded outcomes: a configuration that differs in one setting, or in its structure, from one that
/// stays may stay too, or take its place. Where it can be proved that nothing is missing, that finds the rest, and a short look is enough.
/// </summary>
internal sealed class ImprovePass : ICompilePass
{
    /// <summary>The most configurations that a search looks at.</summary>
    public const int MaxLooks = 100_000;

    private const int FewLooks = 2_000;

    public string Name => "improve";

    public void Run(CompileState state)
    {
        if (state.Search is not { } search)
        {
            return;
        }

        var (before, start) = (search.Front.ToHashSet(ReferenceEqualityComparer.Instance), search.Looks);
        var isWhole = search.Run(start + (state.Space <= ProvePass.MaxSpace ? FewLooks : MaxLooks), state.CancellationToken);
        state.Record(this, "", FormattableString.Invariant(
            $"looked at {search.Looks - start} more configurations, {(isWhole ? "until nothing near was left" : "where the search was ended")}: {search.Front.Count} stay, {search.Front.Count(entry => !before.Contains(entry))} of them new"));
    }
}
