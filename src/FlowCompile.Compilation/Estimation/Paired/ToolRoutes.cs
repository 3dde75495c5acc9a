namespace FlowCompile.Compilation;

/// <summary>
/// Which way a tool goes on every case, given what is right in its inputs: as it was recorded of the case. Where that was not recorded with
/// such inputs, it goes as on the cases that it was recorded of, the more like each the more often the tool goes the same way on both with
/// other inputs; where there is no such case, as on the case itself with other inputs; and of a case without any record as on all that have
/// such inputs.
/// </summary>
internal sealed class ToolRoutes
{
    private readonly int _cases;
    private readonly int _branches;
    private readonly List<InputState> _states;
    private readonly Dictionary<(int Case, InputState State), double[]> _shares;

    /// <summary>Takes what was recorded.</summary>
    /// <param name="routes">What the tool returned, at least once.</param>
    /// <param name="cases">The number of cases.</param>
    /// <param name="branches">The tool's values, as its branches tell them apart.</param>
    public ToolRoutes(IReadOnlyList<RecordedRoute> routes, int cases, IReadOnlyList<(string Value, double Probability)> branches)
    {
        _cases = cases;
        _branches = branches.Count;
        _states = [.. routes.Select(route => route.State).Distinct()];
        _shares = routes.GroupBy(route => (route.Case, route.State)).ToDictionary(
            group => group.Key,
            group => Mean(group.Select(route =>
            {
                var taken = new double[branches.Count];
                taken[BranchValueMatch.Of(branches, route.Output)] = 1;
                return (1.0, taken);
            })));
    }

    /// <summary>The branches in vectors over the cases: two outcomes for each branch, wrong and right. The tool is as right as its inputs.</summary>
    /// <param name="state">What is right in the inputs.</param>
    public OutcomeVectors Of(InputState state)
    {
        var nearest = _states.Contains(state) ? state
            : _states.OrderBy(state.DistanceTo).ThenBy(other => other.Candidates).ThenBy(other => other.RightCandidates).First();
        var lenders = Enumerable.Range(0, _cases).Where(one => _shares.ContainsKey((one, nearest))).ToList();
        return OutcomeVectors.Create(2 * _branches, _cases, one =>
        {
            var isOwn = _shares.TryGetValue((one, nearest), out var own);
            var taken = own ?? Borrowed(one, nearest, lenders);
            return ([.. taken.SelectMany(share => state.AllRight ? new[] { 0, share } : [share, 0])], !isOwn);
        });
    }

    private double[] Borrowed(int one, InputState state, List<int> lenders)
    {
        var own = _states.Where(other => _shares.ContainsKey((one, other))).ToList();
        var weighted = lenders.Select(lender => (Weight: Likeness(one, lender, own), Shares: _shares[(lender, state)])).Where(pair => pair.Weight > 0).ToList();
        return weighted.Count > 0 ? Mean(weighted)
            : own.Count > 0 ? Mean(own.Select(other => (1.0, _shares[(one, other)])))
            : Mean(lenders.Select(lender => (1.0, _shares[(lender, state)])));
    }

    // How often the tool goes the same way on both with other inputs; 0 where no other inputs were recorded of both.
    private double Likeness(int one, int lender, List<InputState> states)
    {
        var (same, compared) = (0.0, 0);
        foreach (var state in states)
        {
            if (_shares.TryGetValue((lender, state), out var others))
            {
                same += _shares[(one, state)].Zip(others, Math.Min).Sum();
                compared++;
            }
        }

        return compared == 0 ? 0 : same / compared;
    }

    private static double[] Mean(IEnumerable<(double Weight, double[] Shares)> weighted)
    {
        var (sum, total) = (Array.Empty<double>(), 0.0);
        foreach (var (weight, shares) in weighted)
        {
            sum = sum.Length == 0 ? new double[shares.Length] : sum;
            total += weight;
            for (var branch = 0; branch < shares.Length; branch++)
            {
                sum[branch] += weight * shares[branch];
            }
        }

        return Array.ConvertAll(sum, value => value / total);
    }
}
