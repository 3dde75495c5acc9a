namespace FlowCompile.Compilation;

/// <summary>
/// Draws of the cases: each recorded case weighs what chance gives it (the Bayesian bootstrap: D. B. Rubin, The Annals of Statistics 9,
/// 1981), and a few supposed ones as much as several recorded ones. The same every time.
/// </summary>
internal static class RaceWeights
{
    private const int Seed = 20260101;

    /// <summary>Draws weights.</summary>
    /// <param name="recorded">How many cases were recorded.</param>
    /// <param name="supposed">How many cases are supposed.</param>
    /// <param name="draws">How many draws.</param>
    /// <param name="inADraw">How many of the supposed cases a draw has.</param>
    /// <param name="weight">How many recorded cases a supposed one weighs as much as, in the mean.</param>
    /// <returns>For each draw the weight of every case, the recorded ones first, padded with 0; they add up to 1.</returns>
    public static IEnumerable<double[]> Draw(int recorded, int supposed, int draws, int inADraw, double weight)
    {
        var random = new Random(Seed);
        for (var d = 0; d < draws; d++)
        {
            var weights = new double[OutcomeVectors.Width(recorded + supposed)];
            for (var c = 0; c < recorded; c++)
            {
                weights[c] = Exponential(random);
            }

            for (var s = 0; s < inADraw; s++)
            {
                weights[recorded + random.Next(supposed)] += weight * Exponential(random);
            }

            var sum = weights.Sum();
            yield return Array.ConvertAll(weights, weight => weight / sum);
        }
    }

    private static double Exponential(Random random) => -Math.Log(1 - random.NextDouble());
}
