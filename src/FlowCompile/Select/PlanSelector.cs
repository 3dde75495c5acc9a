using System.Numerics;
using System.Runtime.Intrinsics;
using FlowCompile.Plans;

namespace FlowCompile;

/// <summary>
/// Chooses among the configurations of one plan without allocation. Everything that does not depend on the preference is computed once:
/// the choices by weight, and for each kind of limit the best of those that it lets in. Of several limits, one whose best keeps the others
/// has given the answer; only where none does, the configurations that the strictest lets in are compared one by one. For the cheapest and for the
/// one of least energy, sets say what several limits let in.
/// </summary>
internal sealed class PlanSelector
{
    private readonly string _workflow;
    private readonly bool _isPart;
    private readonly IReadOnlyList<WorkflowConfiguration> _configurations;
    private readonly PlanColumns _columns;
    private readonly Tradeoff _tradeoff;
    private readonly int _cheapest;
    private readonly int _leastEnergy; // -1 where the energy of none is known
    private readonly int[] _byAccuracy; // the most accurate first
    private readonly KeptSets? _byCost; // this and the next: cheapest first; null where there are too many configurations
    private readonly KeptSets? _byEnergy;
    private readonly LimitIndex?[] _indexes = new LimitIndex?[(int)PreferenceLimit.Accuracy + 1]; // made when first asked for

    /// <summary>Prepares the choice.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="configurations">The configurations, fastest first, at least one.</param>
    /// <param name="whole">Of which plan they are a part: its ranges are what weights are about.</param>
    public PlanSelector(string workflow, IReadOnlyList<WorkflowConfiguration> configurations, PlanSelector? whole = null)
    {
        _workflow = workflow;
        _isPart = whole is not null;
        _configurations = configurations;
        _columns = new PlanColumns(configurations, whole?._columns);
        _tradeoff = new Tradeoff(_columns, Enumerable.Range(0, configurations.Count));
        _cheapest = BestAmong(Preference.Cheapest, allowed: default);
        _leastEnergy = BestAmong(Preference.LeastEnergy, allowed: default);
        _byAccuracy = [.. Enumerable.Range(0, configurations.Count).Order(Comparer<int>.Create((one, other) => one == other ? 0 : _columns.ComesBefore(one, other) ? -1 : 1))];
        if (configurations.Count <= KeptSets.Most)
        {
            _byCost = new KeptSets(_columns.Ranked(_columns.Cost));
            _byEnergy = new KeptSets(_columns.Ranked(_columns.Energy));
        }
    }

    /// <summary>The best configuration.</summary>
    /// <exception cref="InfeasiblePreferenceException">None keeps the preference's limits.</exception>
    public WorkflowConfiguration Select(in Preference preference)
    {
        var best = Best(preference);
        return best >= 0 ? _configurations[best] : throw Infeasible(preference, allowed: default);
    }

    /// <summary>The best configuration; <see langword="null"/> where none keeps the preference's limits.</summary>
    public WorkflowConfiguration? TrySelect(in Preference preference)
    {
        var best = Best(preference);
        return best >= 0 ? _configurations[best] : null;
    }

    /// <summary>The best of some configurations.</summary>
    /// <exception cref="InfeasiblePreferenceException">None of them keeps the preference's limits.</exception>
    public WorkflowConfiguration SelectStrictly(in Preference preference, ReadOnlySpan<bool> allowed)
    {
        var best = BestAmong(preference, allowed);
        return best >= 0 ? _configurations[best] : throw Infeasible(preference, allowed);
    }

    /// <summary>The best of some configurations; <see langword="null"/> where none of them keeps the preference's limits.</summary>
    public WorkflowConfiguration? TrySelectAmong(in Preference preference, ReadOnlySpan<bool> allowed)
    {
        var best = BestAmong(preference, allowed);
        return best >= 0 ? _configurations[best] : null;
    }

    /// <summary>The best of some configurations; where none of those keeps the preference's limits, the best of them without limits.</summary>
    /// <param name="preference">The preference.</param>
    /// <param name="allowed">For each configuration whether it may be chosen.</param>
    /// <returns>The configuration; <see langword="null"/> where none may be chosen.</returns>
    public WorkflowConfiguration? SelectAmong(in Preference preference, ReadOnlySpan<bool> allowed)
    {
        var best = BestAmong(preference, allowed);
        if (best < 0)
        {
            best = BestAmong(preference.Unlimited(), allowed);
        }

        // Without a measured energy there is no least of it, and without latencies of right runs none that is likely right in time.
        if (best < 0)
        {
            best = BestAmong(Preference.MostAccurate, allowed);
        }

        return best < 0 ? null : _configurations[best];
    }

    private int Best(in Preference preference) =>
        preference.Objective == PreferenceObjective.RightInTime ? BestInTime(preference)
        : preference.Limits == 0 ? BestWithout(preference)
        : BitOperations.IsPow2(preference.Limits) ? BestWithin(preference, BitOperations.TrailingZeroCount(preference.Limits))
        : BestWithinAll(preference);

    /// <summary>
    /// The one that is most likely right within a time, among those that keep the limits. None is more likely that than it is right, so that
    /// what is less accurate than the best so far is likely need not be looked at.
    /// </summary>
    private int BestInTime(in Preference preference)
    {
        var limits = PlanColumns.LimitsOf(preference);
        var best = -1;
        var bestValue = -1.0;
        foreach (var one in _byAccuracy)
        {
            if (_columns.Accuracy[one] <= bestValue)
            {
                break;
            }

            var value = _columns.RightWithin(one, preference.DeadlineSeconds);
            if (value > bestValue && _columns.Keeps(one, limits))
            {
                (best, bestValue) = (one, value);
            }
        }

        return best;
    }

    /// <summary>
    /// The most likely to be right in time of some configurations, each with a time of its own; <see langword="null"/> where none of them keeps the
    /// preference's limits and may be in time.
    /// </summary>
    /// <param name="preference">The preference, of <see cref="PreferenceObjective.RightInTime"/>.</param>
    /// <param name="allowed">For each configuration whether it may be chosen.</param>
    /// <param name="seconds">For each the time that a whole run of it would have, in seconds.</param>
    /// <param name="current">The one that is kept where no other is more likely; -1 for none.</param>
    public WorkflowConfiguration? MostLikelyInTime(in Preference preference, ReadOnlySpan<bool> allowed, ReadOnlySpan<double> seconds, int current)
    {
        var limits = PlanColumns.LimitsOf(preference);
        var best = -1;
        var bestValue = 0.0;
        if (current >= 0 && allowed[current] && _columns.Keeps(current, limits) && _columns.RightWithin(current, seconds[current]) is > 0 and var value)
        {
            (best, bestValue) = (current, value);
        }

        foreach (var one in _byAccuracy)
        {
            if (allowed[one] && _columns.RightWithin(one, seconds[one]) is var own && own > bestValue && _columns.Keeps(one, limits))
            {
                (best, bestValue) = (one, own);
            }
        }

        return best < 0 ? null : _configurations[best];
    }

    private int BestWithout(in Preference preference) => preference.Objective switch
    {
        PreferenceObjective.Weighted => _tradeoff.ByWeight(preference.Weight),
        PreferenceObjective.Chebyshev => _tradeoff.ByRegret(preference.Weight),
        PreferenceObjective.Cost => _cheapest,
        _ => _leastEnergy,
    };

    private int BestWithin(in Preference preference, int limit)
    {
        var index = IndexOf(limit);
        return index.Best(preference, index.CountWithin(preference.Allowed((PreferenceLimit)limit)));
    }

    private int BestWithinAll(in Preference preference) => preference.Objective switch
    {
        PreferenceObjective.Cost when _byCost is not null => _byCost.First(Kept(_byCost, preference)),
        PreferenceObjective.Energy when _byEnergy is not null => _byEnergy.First(Kept(_byEnergy, preference)),
        _ => BestTradeoffWithinAll(preference),
    };

    /// <summary>Which configurations keep all limits.</summary>
    private Vector512<ulong> Kept(KeptSets sets, in Preference preference)
    {
        var kept = Vector512<ulong>.AllBitsSet;
        for (var rest = preference.Limits; rest != 0; rest &= rest - 1)
        {
            var limit = BitOperations.TrailingZeroCount(rest);
            var index = IndexOf(limit);
            kept &= sets.Of(index, limit)[index.CountWithin(preference.Allowed((PreferenceLimit)limit))];
        }

        return kept;
    }

    /// <summary>
    /// The best of those that keep a limit is the answer where it keeps the others too. Asked are the limits that the best so far breaks,
    /// each once: they are those that matter.
    /// </summary>
    private int BestTradeoffWithinAll(in Preference preference)
    {
        var unasked = preference.Limits;
        LimitIndex? strictest = null;
        var fewest = int.MaxValue;
        var best = BestWithout(preference);
        while (best >= 0 && _columns.Broken(best, preference) is not 0 and var broken)
        {
            if ((broken & unasked) == 0)
            {
                return strictest!.BestOfAll(preference, fewest);
            }

            var limit = BitOperations.TrailingZeroCount(broken & unasked);
            unasked &= ~(1 << limit);
            var index = IndexOf(limit);
            var count = index.CountWithin(preference.Allowed((PreferenceLimit)limit));
            best = index.Best(preference, count);
            if (count < fewest)
            {
                (strictest, fewest) = (index, count);
            }
        }

        return best;
    }

    private LimitIndex IndexOf(int limit) => _indexes[limit] ?? Index((PreferenceLimit)limit);

    // Two threads may both make it; either serves.
    private LimitIndex Index(PreferenceLimit limit) => _indexes[(int)limit] = new LimitIndex(_columns, limit);

    private int BestAmong(in Preference preference, ReadOnlySpan<bool> allowed)
    {
        var limits = PlanColumns.LimitsOf(preference);
        var best = -1;
        var bestValue = double.NegativeInfinity;
        for (var i = 0; i < _columns.Count; i++)
        {
            if (allowed.IsEmpty || allowed[i])
            {
                _columns.ImproveWithin(ref best, ref bestValue, i, preference, limits);
            }
        }

        return best;
    }

    private InfeasiblePreferenceException Infeasible(in Preference preference, ReadOnlySpan<bool> allowed)
    {
        if (preference.Objective == PreferenceObjective.RightInTime && UnknownInTime(allowed) is { } unknown)
        {
            return unknown;
        }

        var nearest = -1;
        List<LimitMiss> misses = [];
        var least = (Unknown: int.MaxValue, Sum: double.PositiveInfinity);
        for (var i = 0; i < _columns.Count; i++)
        {
            if (allowed.IsEmpty || allowed[i])
            {
                var own = MissesOf(i, preference);
                var distance = (own.Count(miss => miss.By is null), own.Sum(miss => miss.By / Range(miss.Limit) ?? 0));
                if (nearest < 0 || distance.CompareTo(least) < 0)
                {
                    (nearest, misses, least) = (i, own, distance);
                }
            }
        }

        var limits = preference.Limits == 0 ? preference.ToString() : preference.LimitsToString();
        var where = allowed.IsEmpty && !_isPart ? "" : " that may be used";
        return new InfeasiblePreferenceException(
            $"No configuration of '{_workflow}'{where} keeps {(BitOperations.PopCount((uint)preference.Limits) > 1 ? "all limits" : "the limit")} ({limits}). "
            + $"The nearest, {_configurations[nearest]}, has {string.Join("; ", misses)}.",
            _configurations[nearest])
        {
            Misses = misses,
        };
    }

    // What is not known of any is no miss of a limit.
    private InfeasiblePreferenceException? UnknownInTime(ReadOnlySpan<bool> allowed)
    {
        var nearest = -1;
        foreach (var one in _byAccuracy)
        {
            if (allowed.IsEmpty || allowed[one])
            {
                nearest = nearest < 0 ? one : nearest;
                if (_columns.KnowsRightLatency(one))
                {
                    return null;
                }
            }
        }

        return nearest < 0 ? null : new InfeasiblePreferenceException(
            $"The plan of '{_workflow}' does not say what right runs take (rightLatencySeconds), so that none can be chosen by being right in time; compile it again with 'flowcompile compile', with the paired proxy. "
            + $"The most accurate is {_configurations[nearest]}.",
            _configurations[nearest]);
    }

    private List<LimitMiss> MissesOf(int configuration, in Preference preference)
    {
        List<LimitMiss> misses = [];
        for (var limit = PreferenceLimit.Latency; limit <= PreferenceLimit.Accuracy; limit++)
        {
            var actual = _columns.Of(limit)[configuration];
            if (preference.Has(limit) && !_columns.Keeps(configuration, limit, preference.Allowed(limit)))
            {
                misses.Add(new LimitMiss(limit, preference.Allowed(limit), double.IsFinite(actual) ? actual : null));
            }
            else if (limit == PreferenceLimit.Energy && preference.Objective == PreferenceObjective.Energy && !double.IsFinite(actual))
            {
                misses.Add(new LimitMiss(limit, double.PositiveInfinity, null));
            }
        }

        return misses;
    }

    /// <summary>How far apart the configurations are in what a limit is about; 1 where they are not.</summary>
    private double Range(PreferenceLimit limit)
    {
        var known = _columns.Of(limit).Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        return known.Max() - known.Min() is > 0 and var range ? range : 1;
    }
}
