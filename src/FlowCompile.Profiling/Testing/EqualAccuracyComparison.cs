namespace FlowCompile.Profiling.Testing;

/// <summary>What compiling gained: the latency of the best uniform configuration against that of a compiled one that is as accurate.</summary>
/// <param name="BestUniform">The uniform configuration of the highest measured accuracy; of several the fastest.</param>
/// <param name="Compiled">The fastest compiled configuration that is at least as accurate; <see langword="null"/> where none is.</param>
public sealed record EqualAccuracyComparison(HeldOutResult BestUniform, HeldOutResult? Compiled)
{
    /// <summary>How many times as fast the compiled one is, by mean latency; <see langword="null"/> where there is none.</summary>
    public double? Speedup => Compiled?.Latency is { } compiled ? BestUniform.Latency!.Value.Mean / compiled.Mean : null;

    /// <summary>Compares.</summary>
    /// <param name="compiled">The results of the compiled configurations.</param>
    /// <param name="uniform">The results of the uniform ones.</param>
    /// <returns>The comparison, or <see langword="null"/> where no uniform configuration finished a run.</returns>
    public static EqualAccuracyComparison? Of(IReadOnlyList<HeldOutResult> compiled, IReadOnlyList<HeldOutResult> uniform)
    {
        ArgumentNullException.ThrowIfNull(compiled);
        ArgumentNullException.ThrowIfNull(uniform);
        var best = uniform
            .Where(result => result.Latency is not null)
            .OrderByDescending(result => result.Accuracy.Value).ThenBy(result => result.Latency!.Value.Mean)
            .FirstOrDefault();
        return best is null ? null : new EqualAccuracyComparison(best, compiled
            .Where(result => result.Latency is not null && result.Accuracy.Value >= best.Accuracy.Value)
            .MinBy(result => result.Latency!.Value.Mean));
    }
}
