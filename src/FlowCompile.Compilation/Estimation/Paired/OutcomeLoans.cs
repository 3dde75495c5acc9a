namespace FlowCompile.Compilation;

/// <summary>What cases without calls of their own borrow of a distribution, and from which.</summary>
/// <param name="Lenders">The cases that lend, each with its own distribution.</param>
/// <param name="Borrowers">The cases that borrow, each with the weights of all lenders, which add up to 1.</param>
internal sealed record OutcomeLoans(IReadOnlyList<(int Case, double[] Distribution)> Lenders, IReadOnlyList<(int Case, double[] Weights)> Borrowers) : IOutcomeLoans
{
    /// <inheritdoc/>
    public void AddInfluence(double[][] gradient, double[] target)
    {
        var gains = new double[Lenders.Count];
        foreach (var (borrower, weights) in Borrowers)
        {
            var mean = 0.0;
            for (var i = 0; i < gains.Length; i++)
            {
                gains[i] = 0;
                for (var outcome = 0; outcome < gradient.Length; outcome++)
                {
                    gains[i] += gradient[outcome][borrower] * Lenders[i].Distribution[outcome];
                }

                mean += weights[i] * gains[i];
            }

            for (var i = 0; i < gains.Length; i++)
            {
                target[Lenders[i].Case] += weights[i] * (gains[i] - mean);
            }
        }
    }
}
