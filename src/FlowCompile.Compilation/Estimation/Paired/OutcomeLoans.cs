using System.Numerics;

namespace FlowCompile.Compilation;

/// <summary>What cases without calls of their own borrow of a distribution, and from which.</summary>
/// <param name="lenders">The cases that lend, each once, with its own distribution.</param>
/// <param name="borrowers">The cases that borrow, each with the weights of all lenders, which add up to 1.</param>
internal sealed class OutcomeLoans(IReadOnlyList<(int Case, double[] Distribution)> lenders, IReadOnlyList<(int Case, double[] Weights)> borrowers) : IOutcomeLoans
{
    private readonly int[] _cases = [.. lenders.Select(lender => lender.Case)];
    private readonly double[][] _probabilities = // by outcome and lender
        [.. Enumerable.Range(0, lenders[0].Distribution.Length).Select(outcome => lenders.Select(lender => lender.Distribution[outcome]).ToArray())];

    /// <inheritdoc/>
    public void AddInfluence(double[][] gradient, double[] target)
    {
        // What each lender adds is added in the order of the borrowers, whatever is done side by side.
        var gains = new double[_cases.Length];
        var own = Array.ConvertAll(_cases, one => target[one]);
        foreach (var (borrower, weights) in borrowers)
        {
            Array.Clear(gains);
            for (var outcome = 0; outcome < gradient.Length; outcome++)
            {
                AddProduct(gradient[outcome][borrower], _probabilities[outcome], gains);
            }

            var mean = 0.0;
            for (var i = 0; i < gains.Length; i++)
            {
                mean += weights[i] * gains[i];
            }

            AddWeighted(weights, gains, mean, own);
        }

        for (var i = 0; i < own.Length; i++)
        {
            target[_cases[i]] = own[i];
        }
    }

    // target += factor * values
    private static void AddProduct(double factor, double[] values, double[] target)
    {
        var (i, all) = (0, new Vector<double>(factor));
        for (; i <= target.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            (new Vector<double>(target, i) + (all * new Vector<double>(values, i))).CopyTo(target, i);
        }

        for (; i < target.Length; i++)
        {
            target[i] += factor * values[i];
        }
    }

    // target += weights * (gains - mean)
    private static void AddWeighted(double[] weights, double[] gains, double mean, double[] target)
    {
        var (i, all) = (0, new Vector<double>(mean));
        for (; i <= target.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            (new Vector<double>(target, i) + (new Vector<double>(weights, i) * (new Vector<double>(gains, i) - all))).CopyTo(target, i);
        }

        for (; i < target.Length; i++)
        {
            target[i] += weights[i] * (gains[i] - mean);
        }
    }
}
