using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FlowCompile;

/// <summary>
/// The configurations in the order in which a limit lets them in, with the best of every beginning of that order: for a fixed objective as it
/// is, for a weight as the choices of every eighth beginning, to which the few after it are compared, all at once. Where there are too many
/// configurations for that, all that the limit lets in are compared, eight at once.
/// </summary>
internal sealed class LimitIndex
{
    private const int Step = 8; // as many as one vector has numbers
    private const int Most = KeptSets.Most; // with more, the choices of all beginnings take longer to make, and more memory, than comparing takes
    private readonly PlanColumns _columns;
    private readonly double _sign; // -1 for the accuracy, of which the limit is the least
    private readonly SortedValues _values;
    private readonly int[] _order; // without those that the plan does not know it of: they never get in
    private readonly double[] _accuracy; // this and the next three in that order, with zeros up to a whole step
    private readonly double[] _latency;
    private readonly double[] _cost;
    private readonly double[] _energy;
    private readonly Tradeoff[] _tradeoffs; // of the first 8, 16, 24 ...; empty where there are more than Most
    private readonly int[] _cheapest; // of the first 1, 2, 3 ...
    private readonly int[] _leastEnergy; // -1 where the energy of none is known

    public LimitIndex(PlanColumns columns, PreferenceLimit limit)
    {
        _columns = columns;
        _sign = limit == PreferenceLimit.Accuracy ? -1 : 1;
        double[] values = [.. columns.Of(limit).Select(value => _sign * value)];
        _order = [.. Enumerable.Range(0, columns.Count).Where(i => double.IsFinite(values[i])).OrderBy(i => values[i])];
        _values = new SortedValues([.. _order.Select(i => values[i])]);
        _accuracy = InOrder(columns.Accuracy);
        _latency = InOrder(columns.Latency);
        _cost = InOrder(columns.Cost);
        _energy = InOrder(columns.Energy);
        _tradeoffs = _order.Length > Most ? [] : [.. Enumerable.Range(1, _order.Length / Step).Select(i => new Tradeoff(columns, _order.Take(i * Step).Order()))];
        _cheapest = BestOf(Preference.Cheapest);
        _leastEnergy = BestOf(Preference.LeastEnergy);
    }

    /// <summary>The configurations of which the plan knows what the limit is about, in the order in which it lets them in.</summary>
    public ReadOnlySpan<int> Order => _order;

    /// <summary>How many configurations keep the limit.</summary>
    public int CountWithin(double allowed) => _values.CountAtMost(_sign * allowed);

    /// <summary>The best of the configurations that keep the limit, other limits aside; -1 where there is none.</summary>
    /// <param name="preference">The preference.</param>
    /// <param name="count">How many keep the limit.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
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
            case var _ when _order.Length > Most:
                return BestOfAll(preference.Unlimited(), count);
            default:
                var whole = count / Step;
                var best = whole == 0 ? -1
                    : preference.IsChebyshev ? _tradeoffs[whole - 1].ByRegret(preference.Weight)
                    : _tradeoffs[whole - 1].ByWeight(preference.Weight);
                return count % Step == 0 ? best : BestOfRest(preference, best, whole * Step, count);
        }
    }

    /// <summary>The best of the configurations that keep this limit and all others; -1 where there is none.</summary>
    /// <param name="preference">The preference.</param>
    /// <param name="count">How many keep this limit.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int BestOfAll(in Preference preference, int count)
    {
        var limits = PlanColumns.LimitsOf(preference);
        var (gain, loss) = WeightsOf(preference);
        var lost = LostBy(preference);
        var best = -1;
        var bestValue = double.NegativeInfinity;
        for (var from = 0; from < count; from += Step)
        {
            // The limits are asked of those only that would be taken.
            var values = Values(gain, loss, lost, preference.IsChebyshev, from);
            var better = Vector512.GreaterThanOrEqual(values, Vector512.Create(bestValue)).ExtractMostSignificantBits() & Places(count - from);
            for (; better != 0; better &= better - 1)
            {
                var one = _order[from + BitOperations.TrailingZeroCount(better)];
                if (_columns.Keeps(one, limits))
                {
                    _columns.Improve(ref best, ref bestValue, one, preference);
                }
            }
        }

        return best;
    }

    /// <summary>The best so far, or one of less than a step that come after it.</summary>
    private int BestOfRest(in Preference preference, int best, int from, int count)
    {
        var (gain, loss) = WeightsOf(preference);
        if (!Vector512.IsHardwareAccelerated && !preference.IsChebyshev)
        {
            return BestOfRest(gain, loss, best, from, count);
        }

        var values = Values(gain, loss, _latency, preference.IsChebyshev, from);
        var isThere = Vector512.LessThan(Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7), Vector512.Create((double)(count - from)));
        values = Vector512.ConditionalSelect(isThere, values, Vector512.Create(double.NegativeInfinity));
        var bestValue = best < 0 ? double.NegativeInfinity : _columns.Tradeoff(best, gain, loss, preference.IsChebyshev);
        var greatest = Greatest(values);
        var places = Vector512.Equals(values, Vector512.Create(greatest)).ExtractMostSignificantBits();
        if (greatest != bestValue && (places & (places - 1)) == 0)
        {
            var rest = _order[from + BitOperations.TrailingZeroCount(places)];
            return greatest > bestValue ? rest : best;
        }

        // Of equal ones there is an order.
        for (var i = from; i < count; i++)
        {
            _columns.Improve(ref best, ref bestValue, _order[i], preference);
        }

        return best;
    }

    // Where a step is more than one vector, one after another is as quick.
    private int BestOfRest(double gain, double loss, int best, int from, int count)
    {
        var bestValue = best < 0 ? double.NegativeInfinity : _columns.Tradeoff(best, gain, loss, isRegret: false);
        var accuracy = _accuracy.AsSpan(from, count - from);
        var latency = _latency.AsSpan(from, accuracy.Length);
        for (var i = 0; i < accuracy.Length; i++)
        {
            var value = (gain * accuracy[i]) - (loss * latency[i]);
            if (value > bestValue || (value == bestValue && (best < 0 || _columns.ComesBefore(_order[from + i], best))))
            {
                best = _order[from + i];
                bestValue = value;
            }
        }

        return best;
    }

    // What PlanColumns.Value says of the configurations of one step, in the same operations: equal ones must stay equal.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<double> Values(double gain, double loss, double[] lost, bool isRegret, int from)
    {
        var accuracy = At(_accuracy, from);
        if (!isRegret)
        {
            return (Vector512.Create(gain) * accuracy) - (Vector512.Create(loss) * At(lost, from));
        }

        var wrong = Vector512.Create(gain) * (Vector512.Create(_columns.BestAccuracy) - accuracy);
        var slow = Vector512.Create(loss) * (At(lost, from) - Vector512.Create(_columns.LeastLatency));
        var greater = Vector512.ConditionalSelect(Vector512.GreaterThan(wrong, slow), wrong, slow);
        return -greater - (Vector512.Create(PlanColumns.TieBreak) * (wrong + slow));
    }

    private (double Gain, double Loss) WeightsOf(in Preference preference) => preference.Objective is PreferenceObjective.Cost or PreferenceObjective.Energy
        ? (0, 1)
        : (preference.Weight * _columns.AccuracyScale, (1 - preference.Weight) * _columns.LatencyScale);

    private double[] LostBy(in Preference preference) => preference.Objective switch
    {
        PreferenceObjective.Cost => _cost,
        PreferenceObjective.Energy => _energy,
        _ => _latency,
    };

    private static Vector512<double> At(double[] values, int from) => Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(values), (nuint)from);

    private static ulong Places(int count) => count >= Step ? (1UL << Step) - 1 : (1UL << count) - 1;

    // None of them is NaN, so the instruction for that is spared.
    private static double Greatest(Vector512<double> values)
    {
        var four = Greater(values.GetLower(), values.GetUpper());
        var two = Vector128.ConditionalSelect(Vector128.GreaterThan(four.GetLower(), four.GetUpper()), four.GetLower(), four.GetUpper());
        var (one, other) = (two.GetElement(0), two.GetElement(1));
        return one > other ? one : other;
    }

    private static Vector256<double> Greater(Vector256<double> one, Vector256<double> other) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(one, other), one, other);

    private double[] InOrder(double[] values)
    {
        var ordered = new double[(_order.Length + Step - 1) / Step * Step];
        for (var i = 0; i < _order.Length; i++)
        {
            ordered[i] = values[_order[i]];
        }

        return ordered;
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
