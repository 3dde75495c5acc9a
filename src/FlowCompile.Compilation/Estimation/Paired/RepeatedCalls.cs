namespace FlowCompile.Compilation;

/// <summary>
/// The law of repeated calls on the same inputs under one setting, of replicas and repair attempts alike and for any number of them. The first
/// ones are the recorded calls, every order of them equally likely: without bias over the cases, where <c>p^n</c> of a measured <c>p</c> has one
/// (the U-statistics of W. Hoeffding, Annals of Mathematical Statistics 19, 1948; with scores of 0 and 1 the hypergeometric distribution).
/// Those beyond are predicted from the recorded ones by Pólya's urn (F. Eggenberger and G. Pólya, Zeitschrift für Angewandte Mathematik und
/// Mechanik 3, 1923): each is right as often as those before it and a number of supposed calls, which are right as often as on all cases. That
/// number is what makes the probabilities of the cases follow a beta distribution (J. G. Skellam, Journal of the Royal Statistical Society
/// B 10, 1948) with the intraclass correlation of the recorded calls (R. A. Fisher, Statistical Methods for Research Workers, 1925). Where
/// no case has two calls to tell it by, the recorded ones are made anew, independently.
/// More attempts never mend less, more replicas are never less often all wrong, and every call is right as often as the recorded ones, over the cases.
/// </summary>
internal sealed class RepeatedCalls
{
    private readonly double _mean;
    private readonly double? _alike; // the intraclass correlation, 0 to 1: the supposed calls are (1 - it) / it

    /// <summary>Fits the law.</summary>
    /// <param name="byCase">For each case with such inputs the scores of its calls: for each call the probability that it is right. At least one case.</param>
    public RepeatedCalls(IReadOnlyCollection<IReadOnlyList<double>> byCase)
    {
        double[] means = [.. byCase.Select(scores => scores.Average())];
        _mean = means.Average();
        double[] both = [.. byCase.Where(scores => scores.Count > 1).Select(scores => BothRight(scores))];
        var apart = means.Length > 1 ? BothRight(means) : _mean;

        // Nothing tells it where no case has two calls, or all are right, or all wrong.
        _alike = both.Length == 0 || _mean - apart <= 1e-12 ? null : Math.Clamp((both.Average() - apart) / (_mean - apart), 0, 1);
    }

    /// <summary>How many of calls on one case are right.</summary>
    /// <param name="scores">The scores of the recorded calls on the case, at least one.</param>
    /// <param name="calls">How many calls, 1 or more.</param>
    /// <returns>The probability of 0, 1, ... right ones.</returns>
    public double[] Right(IReadOnlyList<double> scores, int calls)
    {
        var recorded = Math.Min(calls, scores.Count);
        return Right([Recorded(scores, recorded)[recorded], Predicted(scores, calls - recorded)]);
    }

    /// <summary>Which of attempts on one case is the first right one.</summary>
    /// <param name="scores">The scores of the recorded calls on the case, at least one.</param>
    /// <param name="attempts">The most attempts, 1 or more.</param>
    /// <returns>The probability that none is, then for each attempt that it is.</returns>
    public double[] FirstRight(IReadOnlyList<double> scores, int attempts)
    {
        var recorded = Recorded(scores, Math.Min(attempts, scores.Count));
        var wrong = new double[attempts + 1];
        for (var count = 0; count <= attempts; count++)
        {
            wrong[count] = count < recorded.Length ? recorded[count][0] : wrong[count - 1] * (1 - Next(scores, count - 1 - scores.Count, 0));
        }

        return [wrong[attempts], .. Enumerable.Range(1, attempts).Select(attempt => Math.Max(0, wrong[attempt - 1] - wrong[attempt]))];
    }

    /// <summary>How many calls are right in groups that are independent of each other, as on one case those of different settings are.</summary>
    /// <param name="groups">For each group how many are right, as <see cref="Right(IReadOnlyList{double}, int)"/> says it.</param>
    /// <returns>The probability of 0, 1, ... right ones in all groups together.</returns>
    public static double[] Right(IEnumerable<double[]> groups) => groups.Aggregate((double[])[1], (before, group) =>
    {
        var together = new double[before.Length + group.Length - 1];
        for (var i = 0; i < before.Length; i++)
        {
            for (var j = 0; j < group.Length; j++)
            {
                together[i + j] += before[i] * group[j];
            }
        }

        return together;
    });

    /// <summary>Which attempt is the first right one where groups of attempts follow each other that are independent of each other.</summary>
    /// <param name="groups">For each group which is its first right one, as <see cref="FirstRight(IReadOnlyList{double}, int)"/> says it.</param>
    /// <returns>The probability that none is, then for each attempt of all groups that it is.</returns>
    public static double[] FirstRight(IEnumerable<double[]> groups) => groups.Aggregate((double[])[1], (before, group) =>
        [before[0] * group[0], .. before.Skip(1), .. group.Skip(1).Select(probability => before[0] * probability)]);

    // The probability that two different ones are both right.
    private static double BothRight(IReadOnlyList<double> scores)
    {
        var sum = scores.Sum();
        return ((sum * sum) - scores.Sum(score => score * score)) / (scores.Count * (scores.Count - 1.0));
    }

    // For each number of different recorded calls how many of them are right, every choice equally likely.
    private static double[][] Recorded(IReadOnlyList<double> scores, int most)
    {
        // Of the choices of j among n calls j/n hold the last of these.
        double[][] distributions = [[1]];
        for (var n = 1; n <= scores.Count; n++)
        {
            var (before, score) = (distributions, scores[n - 1]);
            distributions = [.. Enumerable.Range(0, Math.Min(n, most) + 1).Select(j =>
            {
                var distribution = new double[j + 1];
                for (var k = 0; k <= j; k++)
                {
                    var without = j < n ? before[j][k] : 0;
                    var with = j == 0 ? 0 : ((k < j ? before[j - 1][k] * (1 - score) : 0) + (k > 0 ? before[j - 1][k - 1] * score : 0));
                    distribution[k] = ((without * (n - j)) + (with * j)) / n;
                }

                return distribution;
            })];
        }

        return distributions;
    }

    // How many of calls beyond the recorded ones are right.
    private double[] Predicted(IReadOnlyList<double> scores, int calls)
    {
        double[] distribution = [1, .. new double[calls]];
        for (var n = 0; n < calls; n++)
        {
            for (var k = n; k >= 0; k--)
            {
                var right = Next(scores, n, k);
                distribution[k + 1] += distribution[k] * right;
                distribution[k] *= 1 - right;
            }
        }

        return distribution;
    }

    // How probably the next call is right after the recorded ones and some beyond. Where nothing tells more, a recorded call is made anew.
    private double Next(IReadOnlyList<double> scores, int beyond, int right) => _alike is { } alike
        ? Math.Min(1, (((1 - alike) * _mean) + (alike * (scores.Sum() + right))) / (1 - alike + (alike * (scores.Count + beyond))))
        : scores.Average();
}
