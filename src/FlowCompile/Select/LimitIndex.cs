namespace FlowCompile;

/// <summary>
/// The configurations in the order in which a limit lets them in, with the best of every beginning of that order: for a fixed objective as it
/// is, for a weight as the choices of every sixteenth beginning, to which the few after it are compared.
/// </summary>
internal sealed class LimitIndex
{
    private const int Step = 16;
    private readonly PlanColumns _columns;
    private readonly bool _isLeast;
    private readonly SortedValues _values;
    private readonly int[] _order; // without those that the plan does not know it of: they never get in
    private readonly double[] _latency; // in this order
    private readonly double[] _accuracy;
    private readonly Tradeoff[] _tradeoffs; // of the first 16, 32, 48 ...
    private readonly int[] _cheapest; // of the first 1, 2, 3 ...
    private readonly int[] _leastEnergy; // -1 where the energy of none is known

    public LimitIndex(PlanColumns columns, PreferenceLimit limit)
    {
        _columns = columns;
        _isLeast = limit == PreferenceLimit.Accuracy;
        var values = _isLeast ? [.. columns.Accuracy.Select(accuracy => -accuracy)] : columns.Of(limit);
        _order = [.. Enumerable.Range(0, columns.Count).Where(i => double.IsFinite(values[i])).OrderBy(i => values[i])];
        _values = new SortedValues([.. _order.Select(i => values[i])]);
        _latency = [.. _order.Select(i => columns.Latency[i])];
        _accuracy = [.. _order.Select(i => columns.Accuracy[i])];
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

        return preference.Objective switch
        {
            PreferenceObjective.Weighted => ByWeight(preference.Weight, count),
            PreferenceObjective.Chebyshev => ByRegret(preference, count),
            PreferenceObjective.Cost => _cheapest[count - 1],
            _ => _leastEnergy[count - 1],
        };
    }

    /// <summary>The best of the configurations that keep this limit and all others; -1 where there is none.</summary>
    /// <param name="preference">The preference.</param>
    /// <param name="count">How many keep this limit.</param>
    public int BestOfAll(in Preference preference, int count)
    {
        var best = -1;
        var bestValue = double.NegativeInfinity;
        for (var i = 0; i < count; i++)
        {
            _columns.ImproveWithin(ref best, ref bestValue, _order[i], preference);
        }

        return best;
    }

    // What PlanColumns.Value says, on arrays in this order.
    private int ByWeight(double weight, int count)
    {
        var gain = weight * _columns.AccuracyScale;
        var loss = (1 - weight) * _columns.LatencyScale;
        var whole = count / Step;
        var best = whole == 0 ? _order[0] : _tradeoffs[whole - 1].ByWeight(weight);
        var bestValue = (gain * _columns.Accuracy[best]) - (loss * _columns.Latency[best]);
        var (accuracy, latency) = (_accuracy, _latency);
        for (var i = whole * Step; i < count; i++)
        {
            var value = (gain * accuracy[i]) - (loss * latency[i]);
            if (value > bestValue || (value == bestValue && _columns.ComesBefore(_order[i], best)))
            {
                best = _order[i];
                bestValue = value;
            }
        }

        return best;
    }

    private int ByRegret(in Preference preference, int count)
    {
        var whole = count / Step;
        var best = whole == 0 ? _order[0] : _tradeoffs[whole - 1].ByRegret(preference);
        var bestValue = _columns.Value(best, preference);
        for (var i = whole * Step; i < count; i++)
        {
            _columns.Improve(ref best, ref bestValue, _order[i], preference);
        }

        return best;
    }

    private int[] BestOf(Preference preference)
    {
        var bests = new int[_order.Length];
        var best = -1;
        var bestValue = double.NegativeInfinity;
        for (var i = 0; i < bests.Length; i++)
        {
            _columns.ImproveWithin(ref best, ref bestValue, _order[i], preference);
            bests[i] = best;
        }

        return bests;
    }
}
