namespace FlowCompile.Compilation;

/// <summary>
/// Corrections of estimates by what end-to-end runs have shown of each structure, shrunk towards 0: where the differences of the structures are no larger than
/// chance makes them, nothing is corrected.
/// </summary>
/// <remarks>
/// Empirical Bayes in the normal model with known mean 0 (C. Morris, Parametric empirical Bayes inference, JASA 78, 1983; the positive part is that of W. James
/// and C. Stein's estimator): the mean difference <c>D</c> of a structure on <c>n</c> cases is <c>delta</c> with a variance of <c>V = sigma² / n</c>, and
/// <c>delta</c> comes from a normal distribution with variance <c>tau²</c>. Then <c>sigma²</c> is the variance of the differences by case about <c>D</c>, pooled over
/// the structures, <c>tau² = max(0, mean(D² - V))</c>, and the correction is <c>tau² / (tau² + V) * D</c> with a remaining variance of
/// <c>tau² V / (tau² + V)</c>. Each structure is given one case more without a difference, so that few cases that agree by chance are not taken for certain.
/// </remarks>
internal static class ProxyCorrection
{
    /// <summary>The correction of each structure, and the standard deviation that is left.</summary>
    /// <param name="differences">For each structure the mean of measured less predicted score on each of its cases, one case or more.</param>
    public static IReadOnlyList<(double Correction, double Deviation)> Of(IReadOnlyList<IReadOnlyList<double>> differences)
    {
        var counts = differences.Select(own => own.Count + 1).ToList();
        var means = differences.Select((own, s) => own.Sum() / counts[s]).ToList();
        var squares = differences.Select((own, s) => own.Append(0).Sum(one => (one - means[s]) * (one - means[s]))).Sum();
        var sigma = squares / Math.Max(1, counts.Sum(count => count - 1));
        var tau = means.Count == 0 ? 0 : Math.Max(0, means.Select((mean, s) => (mean * mean) - (sigma / counts[s])).Average());
        return
        [
            .. means.Select((mean, s) =>
            {
                var chance = sigma / counts[s];
                var share = tau + chance > 0 ? tau / (tau + chance) : 0;
                return (share == 0 ? 0 : share * mean, Math.Sqrt(share * chance)); // not the negative 0 of a negative mean
            }),
        ];
    }
}
