using System.Runtime.Intrinsics;

namespace FlowCompile;

/// <summary>
/// The configurations in the order in which a limit lets them in, with the best of every beginning of that order: for a fixed objective as it
/// is, for a weight as the choices of every eighth beginning, to which the few after it are compared.
/// </summary>
internal sealed class LimitIndex
{
    private const int Step = 8;
    private readonly PlanColumns _columns;
    private readonly bool _isLeast;
    private readonly SortedValues _values;
    private readonly int[] _order; // without those that the plan does not know it of: they never get in
    private readonly double[] _accuracy; // this and the next three in that order
    private readonly double[] _latency;
    private readonly double[] _cost;
    private readonly double[] _energy;
    private readonly Tradeoff[] _tradeoffs; // of the first 8, 16, 24 ...
    private readonly int[] _cheapest; // of the first 1, 2, 3 ...
    private readonly int[] _leastEnergy; // -1 where the energy of none is known

    public LimitIndex(PlanColumns columns, PreferenceLimit limit)
    {
        _columns = columns;
        _isLeast = limit == PreferenceLimit.Accuracy;
        var values = _isLeast ? [.. columns.Accuracy.Select(accuracy => -accuracy)] : columns.Of(limit);
        _order = [.. Enumerable.Range(0, columns.Count).Where(i => double.IsFinite(values[i])).OrderBy(i => values[i])];
        _values = new SortedValues([.. _order.Select(i => values[i])]);
        _accuracy = [.. _order.Select(i => columns.Accuracy[i])];
        _latency = [.. _order.Select(i => columns.Latency[i])];
        _cost = [.. _order.Select(i => columns.Cost[i])];
        _energy = [.. _order.Select(i => columns.Energy[i])];
        _tradeoffs = [.. Enumerable.Range(1, _order.Length / Step).Select(i => new Tradeoff(columns, _order.Take(i * Step).Order()))];
        _cheapest = BestOf(Preference.Cheapest);
        _leastEnergy = BestOf(Preference.LeastEnergy);
    }

    /// <summary>How many configurations keep the limit.</summary>
    public int CountWithin(double allowed) => _values.CountAtMost(_isLeast ? -allowed : allowed);

    /// <summary>The best of the configurations that keep the limit, other limits aside; -1 where there is none.</summary>
    /// <param name="preference">The preference.</param>
    /// <param name="count">How many keep the limit.</param>
    public int Best(in Preference preference, int count)
    {
        if (count == 0)
        {
            return -1;
        }

        switch (preference.Objective)
        {
            case PreferenceObjective.Cost:
                return _cheapest[count - 1];
            case PreferenceObjective.Energy:
                return _leastEnergy[count - 1];
            default:
                var whole = count / Step;
                var best = whole == 0 ? -1
                    : preference.IsChebyshev ? _tradeoffs[whole - 1].ByRegret(preference)
                    : _tradeoffs[whole - 1].ByWeight(preference.Weight);
                return Best(preference, best, whole * Step, count, limits: null);
        }
    }

    /// <summary>The best of the configurations that keep this limit and all others; -1 where there is none.</summary>
    /// <param name="preference">The preference.</param>
    /// <param name="count">How many keep this limit.</param>
    /// <param name="limits">All limits.</param>
    public int BestOfAll(in Preference preference, int count, Vector512<double> limits) => Best(preference, best: -1, from: 0, count, limits);

    private int Best(in Preference preference, int best, int from, int count, Vector512<double>? limits)
    {
        if (!preference.IsChebyshev)
        {
            var (gain, loss) = (preference.Weight * _columns.AccuracyScale, (1 - preference.Weight) * _columns.LatencyScale);
            return preference.Objective switch
            {
                PreferenceObjective.Weighted => BestLinear(gain, loss, _columns.Latency, _latency, best, from, count, limits),
                PreferenceObjective.Cost => BestLinear(0, 1, _columns.Cost, _cost, best, from, count, limits),
                _ => BestLinear(0, 1, _columns.Energy, _energy, best, from, count, limits),
            };
        }

        var bestValue = best < 0 ? double.NegativeInfinity : _columns.Value(best, preference);
        for (var i = from; i < count; i++)
        {
            if (limits is not { } all || _columns.Keeps(_order[i], all))
            {
                _columns.Improve(ref best, ref bestValue, _order[i], preference);
            }
        }

        return best;
    }

    // What PlanColumns.Value says, on arrays in this order. The limits are asked of those only that would be taken.
    private int BestLinear(double gain, double loss, double[] lossOf, double[] lost, int best, int from, int count, Vector512<double>? limits)
    {
        var bestValue = best < 0 ? double.NegativeInfinity : (gain * _columns.Accuracy[best]) - (loss * lossOf[best]);
        var gained = _accuracy.AsSpan(from, count - from);
        var lostAfter = lost.AsSpan(from, gained.Length);
        for (var i = 0; i < gained.Length; i++)
        {
            var value = (gain * gained[i]) - (loss * lostAfter[i]);
            if (value >= bestValue)
            {
                var one = _order[from + i];
                if ((limits is not { } all || _columns.Keeps(one, all)) && (value > bestValue || best < 0 || _columns.ComesBefore(one, best)))
                {
                    best = one;
                    bestValue = value;
                }
            }
        }

        return best;
    }

    private int[] BestOf(Preference preference)
    {
        var limits = PlanColumns.LimitsOf(preference);
        var bests = new int[_order.Length];
        var best = -1;
        var bestValue = double.NegativeInfinity;
        for (var i = 0; i < bests.Length; i++)
        {
            _columns.ImproveWithin(ref best, ref bestValue, _order[i], preference, limits);
            bests[i] = best;
        }

        return bests;
    }
}
