namespace FlowCompile.Compilation;

/// <summary>
/// Proves that no configuration is missing from the frontier on the recorded outcomes, and adds those that are. Where there are too many
/// to prove that of all, it proves by how much accuracy the frontier may fall short.
/// </summary>
/// <param name="maxWork">The most work of a proof in multiplications, and as much again where the first one fails. The default takes about two seconds on one core.</param>
internal sealed class ProvePass(long maxWork = 1L << 32) : ICompilePass
{
    /// <summary>The most configurations of a workflow whose frontier is proved exact, if that is no more work than allowed.</summary>
    public const double MaxSpace = 1L << 30;

    private static readonly double[] s_losses = [0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0];

    public string Name => "prove";

    public void Run(CompileState state)
    {
        if (state.Search is not { } search)
        {
            return;
        }

        var (before, start) = (search.Front.ToHashSet(ReferenceEqualityComparer.Instance), search.Looks);
        var loss = Prove(state, search);
        state.ProvenLoss = loss;
        state.Candidates = [.. search.Front.Select(entry => entry.Candidate)];
        state.Record(this, "", FormattableString.Invariant($"{Text(loss, state.Space)}; looked at {search.Looks - start} more: {search.Front.Count} stay, {search.Front.Count(entry => !before.Contains(entry))} of them new"));
    }

    private double? Prove(CompileState state, PairedSearch search)
    {
        var solver = new PairedSolver(state.Allowed, [.. state.Decomposed.Select(one => one.Structure)], state.Paired!, search, state.CancellationToken, state.CallOptions);
        var work = maxWork;
        if (state.Space <= MaxSpace)
        {
            if (solver.Run(0, ref work))
            {
                return 0;
            }

            search.Run(search.Looks + ImprovePass.MaxLooks, state.CancellationToken);
        }

        // A coarse proof is little work, and what it finds makes the next one less.
        double? proven = null;
        work = maxWork;
        foreach (var loss in s_losses)
        {
            if (!solver.Run(loss, ref work))
            {
                break;
            }

            proven = loss;
        }

        return proven;
    }

    private static string Text(double? loss, double space) => loss switch
    {
        0 => FormattableString.Invariant($"of {space:N0} configurations none is missing"),
        { } some => FormattableString.Invariant($"of {space:N0} configurations none is by more than {some:0.###} more accurate than one that stays and spends no more"),
        _ => FormattableString.Invariant($"{space:N0} configurations are too many to prove anything of"),
    };
}
