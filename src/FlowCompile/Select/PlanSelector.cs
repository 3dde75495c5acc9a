using System.Globalization;
using FlowCompile.Plans;

namespace FlowCompile;

/// <summary>
/// Chooses among the configurations of one plan. Everything that does not depend on the preference is computed once: the estimates as
/// plain arrays, and for choosing by weight alone the upper hull of (latency, accuracy) with the weight at which each point takes over,
/// so that a choice is a binary search without allocation.
/// </summary>
internal sealed class PlanSelector
{
    private readonly string _workflow;
    private readonly WorkflowConfiguration[] _configurations;
    private readonly double[] _latency;
    private readonly double[] _accuracy;
    private readonly double _bestAccuracy;
    private readonly double _latencyScale;
    private readonly double _accuracyScale;
    private readonly int[] _hull;
    private readonly double[] _hullFrom; // _hull[i] is best from this weight on

    public PlanSelector(string workflow, WorkflowConfiguration[] configurations)
    {
        _workflow = workflow;
        _configurations = configurations;
        _latency = [.. configurations.Select(c => c.Estimate!.LatencySeconds)];
        _accuracy = [.. configurations.Select(c => c.Estimate!.Accuracy)];
        _bestAccuracy = _accuracy.Max();
        _latencyScale = Scale(_latency);
        _accuracyScale = Scale(_accuracy);
        (_hull, _hullFrom) = UpperHull();
    }

    public WorkflowConfiguration Select(in Preference preference)
    {
        if (IsByWeight(preference))
        {
            return _configurations[ByWeight(preference.Weight)];
        }

        var best = Best(preference);
        return best >= 0 ? _configurations[best] : throw Infeasible(preference);
    }

    public bool TrySelect(in Preference preference, out WorkflowConfiguration? configuration)
    {
        var best = IsByWeight(preference) ? ByWeight(preference.Weight) : Best(preference);
        configuration = best >= 0 ? _configurations[best] : null;
        return best >= 0;
    }

    /// <summary>The best of some configurations.</summary>
    /// <exception cref="InfeasiblePreferenceException">None of them keeps the preference's limits.</exception>
    public WorkflowConfiguration SelectStrictly(in Preference preference, ReadOnlySpan<bool> allowed)
    {
        var best = Best(preference, allowed);
        if (best >= 0)
        {
            return _configurations[best];
        }

        var nearest = SelectAmong(preference, allowed)!;
        throw Best(preference) < 0 ? Infeasible(preference) : new InfeasiblePreferenceException(
            $"No configuration of '{_workflow}' that this run may use keeps the limits ({preference.LimitsToString()}); without them it would be {nearest}.", nearest);
    }

    /// <summary>The best of some configurations; where none of those keeps the preference's limits, the best of them without limits.</summary>
    /// <param name="preference">The preference.</param>
    /// <param name="allowed">For each configuration whether it may be chosen.</param>
    /// <returns>The configuration; <see langword="null"/> where none may be chosen.</returns>
    public WorkflowConfiguration? SelectAmong(in Preference preference, ReadOnlySpan<bool> allowed)
    {
        var best = Best(preference, allowed);
        if (best < 0)
        {
            best = Best(preference with { MaxLatency = null, MinAccuracy = null }, allowed);
        }

        return best < 0 ? null : _configurations[best];
    }

    private static bool IsByWeight(in Preference preference) => preference is { MaxLatency: null, MinAccuracy: null, IsChebyshev: false };

    private static double Scale(double[] values) => values.Max() - values.Min() is > 0 and var range ? 1 / range : 0;

    /// <summary>The last hull point whose weight has been reached.</summary>
    private int ByWeight(double weight)
    {
        int low = 0, high = _hull.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) >> 1;
            if (_hullFrom[middle] <= weight)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return _hull[low];
    }

    private int Best(in Preference preference, ReadOnlySpan<bool> allowed = default)
    {
        var maxLatency = preference.MaxLatency?.TotalSeconds ?? double.PositiveInfinity;
        var minAccuracy = preference.MinAccuracy ?? double.NegativeInfinity;
        var gain = preference.Weight * _accuracyScale;
        var loss = (1 - preference.Weight) * _latencyScale;
        var best = -1;
        var bestValue = double.NegativeInfinity;

        // Fastest first, so the first that is too slow ends the search, and of equals the fastest wins.
        for (var i = 0; i < _latency.Length && _latency[i] <= maxLatency; i++)
        {
            var value = preference.IsChebyshev
                ? Regret(gain * (_bestAccuracy - _accuracy[i]), loss * (_latency[i] - _latency[0]))
                : (gain * _accuracy[i]) - (loss * _latency[i]);
            if (_accuracy[i] >= minAccuracy && value > bestValue && (allowed.IsEmpty || allowed[i]))
            {
                best = i;
                bestValue = value;
            }
        }

        return best;
    }

    // The sum breaks ties, so that of two configurations with one greater regret the dominated one is never chosen.
    private static double Regret(double accuracy, double latency) => -Math.Max(accuracy, latency) - (1e-9 * (accuracy + latency));

    private (int[] Hull, double[] From) UpperHull()
    {
        var hull = new List<int>();
        for (var i = 0; i < _latency.Length; i++)
        {
            if (hull.Count > 0 && _accuracy[i] <= _accuracy[hull[^1]])
            {
                continue; // slower and no more accurate: no weight prefers it
            }

            while (hull.Count > 1 && TakesOver(hull[^2], i) <= TakesOver(hull[^2], hull[^1]))
            {
                hull.RemoveAt(hull.Count - 1);
            }

            hull.Add(i);
        }

        // Two points of one latency: the more accurate takes over at weight 0, and the other is never best.
        var from = new double[hull.Count];
        for (var i = 1; i < hull.Count; i++)
        {
            from[i] = TakesOver(hull[i - 1], hull[i]);
        }

        return ([.. hull], from);
    }

    /// <summary>The weight from which the slower and more accurate of two points is preferred.</summary>
    private double TakesOver(int fast, int accurate)
    {
        var slower = (_latency[accurate] - _latency[fast]) * _latencyScale;
        var better = (_accuracy[accurate] - _accuracy[fast]) * _accuracyScale;
        return slower / (slower + better);
    }

    private InfeasiblePreferenceException Infeasible(in Preference preference)
    {
        static string Milliseconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0.###} ms");
        static string Points(double accuracy) => string.Create(CultureInfo.InvariantCulture, $"{accuracy:0.###}");

        if (preference.MaxLatency is { } maxLatency && _latency[0] > maxLatency.TotalSeconds)
        {
            return new InfeasiblePreferenceException(
                $"No configuration of '{_workflow}' is within {Milliseconds(maxLatency.TotalSeconds)}: the fastest ({_configurations[0]}) takes "
                + $"{Milliseconds(_latency[0])}, {Milliseconds(_latency[0] - maxLatency.TotalSeconds)} too long.",
                _configurations[0]);
        }

        var mostAccurate = Array.IndexOf(_accuracy, _accuracy.Max());
        var minAccuracy = preference.MinAccuracy.GetValueOrDefault();
        if (_accuracy[mostAccurate] < minAccuracy)
        {
            return new InfeasiblePreferenceException(
                $"No configuration of '{_workflow}' has an accuracy of {Points(minAccuracy)}: the most accurate ({_configurations[mostAccurate]}) has "
                + $"{Points(_accuracy[mostAccurate])}, {Points(minAccuracy - _accuracy[mostAccurate])} too little.",
                _configurations[mostAccurate]);
        }

        var nearest = Array.FindIndex(_accuracy, accuracy => accuracy >= minAccuracy);
        var limit = preference.MaxLatency.GetValueOrDefault().TotalSeconds;
        return new InfeasiblePreferenceException(
            $"No configuration of '{_workflow}' has an accuracy of {Points(minAccuracy)} within {Milliseconds(limit)}: the fastest that accurate "
            + $"({_configurations[nearest]}) takes {Milliseconds(_latency[nearest])}, {Milliseconds(_latency[nearest] - limit)} too long.",
            _configurations[nearest]);
    }
}
