using FlowCompile.Profiling.Testing;

namespace FlowCompile.Compilation;

/// <summary>
/// The rank correlation that samples of cases allow. Configurations that differ by less than such samples can tell come in one order on the
/// profile's cases and in another on the test's, however well a proxy composes. What the test measured is taken for the truth, two samples of its cases
/// are drawn with replacement, all configurations on the same cases, and their means are compared; the mean over many pairs of samples is an
/// estimate, rather above the true value than below, because what was measured differs more between configurations than what is true.
/// </summary>
internal static class AttainableRank
{
    private const int Pairs = 200;
    private const int Seed = 20260101;

    /// <summary>Estimates it.</summary>
    /// <param name="runs">For each configuration the values of its runs, in the order of the cases; not a number where a run failed.</param>
    /// <param name="profiled">How many cases the profile has.</param>
    /// <returns>-1 to 1; <see langword="null"/> where there are too few different values.</returns>
    public static double? Of(IReadOnlyList<double[]> runs, int profiled)
    {
        var cases = runs.Count == 0 ? 0 : runs[0].Length;
        if (cases == 0 || profiled == 0)
        {
            return null;
        }

        var random = new Random(Seed);
        var (sum, count) = (0.0, 0);
        for (var pair = 0; pair < Pairs; pair++)
        {
            var (one, other) = (Means(runs, random, cases, profiled), Means(runs, random, cases, cases));
            if (Fidelity.Spearman(one, other) is { } correlation)
            {
                (sum, count) = (sum + correlation, count + 1);
            }
        }

        return count == 0 ? null : sum / count;
    }

    private static double[] Means(IReadOnlyList<double[]> runs, Random random, int cases, int draws)
    {
        var drawn = new int[draws];
        for (var i = 0; i < draws; i++)
        {
            drawn[i] = random.Next(cases);
        }

        // A configuration none of whose drawn runs ended well is as good as it was measured.
        return [.. runs.Select(values => drawn.Select(i => values[i]).Where(value => !double.IsNaN(value)).DefaultIfEmpty(0).Average())];
    }
}
