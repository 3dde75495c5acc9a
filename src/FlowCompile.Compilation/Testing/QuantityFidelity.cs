namespace FlowCompile.Compilation;

/// <summary>How well a proxy's estimates of one quantity agree with what was measured end to end.</summary>
/// <param name="Spearman">The rank correlation, -1 to 1; <see langword="null"/> where there are too few different values.</param>
/// <param name="PairwiseAgreement">The share of pairs in the right order, 0 to 1.</param>
/// <param name="MeanAbsoluteError">The mean distance: a score, or seconds.</param>
/// <param name="Bias">The mean of estimate less measurement: what the errors have in common.</param>
/// <param name="Coverage">
/// The share of configurations whose measured mean lies in the 90 % interval of its estimate once the test's own sampling error is added to
/// that interval; <see langword="null"/> where the proxy gives none.
/// </param>
/// <param name="AttainableSpearman">
/// The rank correlation that a proxy without any error of its own would come to, told by as many cases as the profile has and tested on as many as
/// the test has (<see cref="AttainableRank"/>); <see langword="null"/> where there are too few different values.
/// </param>
public sealed record QuantityFidelity(
    double? Spearman, double? PairwiseAgreement, double? MeanAbsoluteError, double? Bias, double? Coverage, double? AttainableSpearman);
