namespace FlowCompile.Compilation;

/// <summary>Halves the cases at random, the same way every time.</summary>
internal static class CaseHalves
{
    /// <summary>How often the cases are halved; each half chooses once.</summary>
    public const int Splits = 100;

    private const int Seed = 20260101;

    /// <summary>Halves the cases again and again.</summary>
    /// <param name="cases">How many cases there are, at least 2.</param>
    /// <returns>For each time the weights of the cases in either half: what they share is 0, and the weights of a half add up to 1.</returns>
    public static IEnumerable<double[][]> Of(int cases)
    {
        var random = new Random(Seed);
        int[] order = [.. Enumerable.Range(0, cases)];
        for (var split = 0; split < Splits; split++)
        {
            random.Shuffle(order);
            yield return [WeightsOf(order.AsSpan(0, cases / 2), OutcomeVectors.Width(cases)), WeightsOf(order.AsSpan(cases / 2), OutcomeVectors.Width(cases))];
        }
    }

    /// <summary>The accuracies of all configurations in both halves.</summary>
    /// <param name="pool">The configurations.</param>
    /// <param name="weights">The weights of the cases in each half.</param>
    /// <param name="means">Where to put the accuracies, by half and configuration.</param>
    public static void Means(ChoicePool pool, double[][] weights, double[][] means)
    {
        for (var half = 0; half < 2; half++)
        {
            for (var i = 0; i < pool.Means.Length; i++)
            {
                means[half][i] = VectorMath.Dot(weights[half], pool.Accuracy[i]);
            }
        }
    }

    private static double[] WeightsOf(ReadOnlySpan<int> cases, int width)
    {
        var weights = new double[width];
        foreach (var one in cases)
        {
            weights[one] = 1.0 / cases.Length;
        }

        return weights;
    }
}
