namespace FlowCompile.Compilation;

/// <summary>
/// How like two cases are to a sub-agent under one setting: as hard for it as each other, and as hard for the other sub-agents. Hard is how
/// much lower the scores on a case are than on all cases with such inputs.
/// </summary>
/// <param name="own">The calls under the setting.</param>
/// <param name="others">For each case, how much higher the scores of the other sub-agents are than on all cases.</param>
internal sealed class CaseLikeness(IReadOnlyCollection<RecordedCall> own, double[] others)
{
    // Scores that differ by so much make a case half as like; chosen on recorded calls, each predicted from the others.
    private const double Scale = 0.1;

    private readonly Dictionary<InputState, (double[] Sum, int[] Count)> _byState = Sums(own, others.Length);
    private readonly (double[] Sum, int[] Count) _all = Total(Sums(own, others.Length).Values, others.Length);

    /// <summary>How much higher than on all cases the scores are on each case, by calls whose inputs are in other states; drawn towards 0 where there are few.</summary>
    /// <param name="state">The state whose calls do not count.</param>
    public double[] Without(InputState state)
    {
        var (sum, count) = _byState.GetValueOrDefault(state);
        return [.. Enumerable.Range(0, others.Length).Select(one => (_all.Sum[one] - (sum?[one] ?? 0)) / (1 + _all.Count[one] - (count?[one] ?? 0)))];
    }

    /// <summary>How like two cases are: 1 for the same, towards 0 the less.</summary>
    /// <param name="without">What <see cref="Without"/> says.</param>
    /// <param name="a">A case.</param>
    /// <param name="b">The other.</param>
    public double Of(double[] without, int a, int b)
    {
        var (x, y) = ((without[a] - without[b]) / Scale, (others[a] - others[b]) / Scale);
        var near = 1 / (1 + (x * x) + (y * y));
        return near * near;
    }

    /// <summary>For each case the sum of how much higher scores are than the mean of those with such inputs, and their number.</summary>
    /// <param name="calls">The calls of one sub-agent under one setting.</param>
    /// <param name="cases">The number of cases.</param>
    public static (double[] Sum, int[] Count) Residuals(IReadOnlyCollection<RecordedCall> calls, int cases) => Total(Sums(calls, cases).Values, cases);

    private static Dictionary<InputState, (double[] Sum, int[] Count)> Sums(IReadOnlyCollection<RecordedCall> calls, int cases)
    {
        var sums = new Dictionary<InputState, (double[] Sum, int[] Count)>();
        foreach (var group in calls.GroupBy(call => call.State))
        {
            var mean = group.Average(call => call.Score);
            var (sum, count) = (new double[cases], new int[cases]);
            foreach (var call in group)
            {
                sum[call.Case] += call.Score - mean;
                count[call.Case]++;
            }

            sums.Add(group.Key, (sum, count));
        }

        return sums;
    }

    private static (double[] Sum, int[] Count) Total(IEnumerable<(double[] Sum, int[] Count)> parts, int cases)
    {
        var (sum, count) = (new double[cases], new int[cases]);
        foreach (var part in parts)
        {
            for (var one = 0; one < cases; one++)
            {
                sum[one] += part.Sum[one];
                count[one] += part.Count[one];
            }
        }

        return (sum, count);
    }
}
