namespace FlowCompile;

/// <summary>
/// A sequential test of one mean, looked at after every value and for as long as there are any: whether values that are 0 or more have a mean
/// above a limit.
/// </summary>
/// <remarks>
/// <para>Who bets a share f of his capital on every value x being above the limit m has it multiplied by 1 + f (x / m - 1). Where the mean
/// is at most m, whatever came before, that is a supermartingale: he cannot expect to win (Waudby-Smith and Ramdas, Estimating means of bounded
/// random variables by betting, 2024; only x >= 0 is needed here). A new bettor with a capital of 1 begins at every value. The capital of them all
/// is an e-detector (Shin, Ramdas and Rinaldo, E-detectors: a nonparametric framework for sequential change detection, 2024): where the mean stays
/// within the limit, it first reaches a threshold A after A values on average, or later, and within n values with a probability of at most n / A.
/// Neither needs the values' distribution.</para>
/// <para>The share that wins fastest depends on how far the mean has gone; the average over several shares is an e-detector too.</para>
/// </remarks>
internal sealed class DriftTest(double limit, double threshold)
{
    private static readonly double[] s_shares = [0.02, 0.05, 0.1, 0.2, 0.4, 0.7];
    private readonly double[] _capitals = new double[s_shares.Length];
    private double _gain; // since the drift seems to have begun, in logarithms
    private double _sum;

    /// <summary>Whether the mean went above the limit.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The mean of the values since the drift seems to have begun.</summary>
    public double Mean => Count == 0 ? 0 : _sum / Count;

    /// <summary>How many values these are.</summary>
    public int Count { get; private set; }

    /// <summary>Looks at a value.</summary>
    /// <param name="value">The value, 0 or more.</param>
    /// <returns>Whether this value is the first that shows the mean above the limit.</returns>
    public bool Add(double value)
    {
        if (IsOver)
        {
            return false;
        }

        var total = 0.0;
        for (var i = 0; i < s_shares.Length; i++)
        {
            _capitals[i] = (_capitals[i] + 1) * Factor(s_shares[i], value);
            total += _capitals[i];
        }

        // Only for what is said of a drift: it began where one of the bettors last lost all that he had won.
        _gain = Math.Max(0, _gain + Math.Log(Factor(s_shares[3], value)));
        (_sum, Count) = _gain == 0 ? (0, 0) : (_sum + value, Count + 1);
        IsOver = total / s_shares.Length >= threshold;
        return IsOver;
    }

    private double Factor(double share, double value) => 1 + (share * ((value / limit) - 1));
}
