namespace FlowCompile.Compilation;

/// <summary>
/// Combines the fronts of two parts into the front of both: what a cross product followed by pruning gives, without the cross product
/// where two objectives allow. Everything is monotone in both parts, so no dominated point of a part can be in a point of the whole.
/// </summary>
internal sealed class FrontCombiner
{
    private const int FilterAt = 1 << 18;
    private const long MaxPairs = 1L << 24;
    private static readonly Objectives[] s_quantities = [Objectives.Latency, Objectives.Cost, Objectives.Energy];
    private readonly Objectives[] _order;
    private readonly Schedule _schedule;
    private readonly int _maxPoints;

    /// <summary>Creates a combiner.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="objectives">The objectives.</param>
    /// <param name="maxPoints">The most points that an exact front may have.</param>
    public FrontCombiner(Schedule schedule, Objectives objectives, int maxPoints = int.MaxValue)
    {
        _maxPoints = maxPoints;
        _schedule = schedule;
        // Latency first: that of parts side by side is no sum. What is no objective decides ties, but energy, which may not be known.
        Objectives[] wanted = [.. s_quantities.Where(one => objectives.HasFlag(one))];
        _order = [.. wanted, .. s_quantities.Except(wanted).Where(one => one != Objectives.Energy)];
        Quantities = wanted.Length;
    }

    /// <summary>How many of a point's quantities, from <see cref="FrontPoint.Primary"/> on, are objectives: 1 to 3.</summary>
    public int Quantities { get; }

    private bool LatencyIsPrimary => _order[0] == Objectives.Latency;

    /// <summary>Whether the primary quantities of two parts add up.</summary>
    /// <param name="sideBySide">Whether the parts may run side by side.</param>
    public bool IsSum(bool sideBySide) => !(sideBySide && _schedule == Schedule.Parallel && LatencyIsPrimary);

    /// <summary>A point of given values.</summary>
    public FrontPoint Point(in CallValues values, int left, int right = 0) =>
        new(values.Accuracy, Of(values, 0), Of(values, 1), Of(values, 2), left, right);

    /// <summary>The values of a point.</summary>
    public CallValues Values(in FrontPoint point) =>
        new(point.Accuracy, Of(point, Objectives.Latency), Of(point, Objectives.Cost), Of(point, Objectives.Energy));

    /// <summary>The front of points.</summary>
    /// <param name="points">The points.</param>
    /// <param name="step">How much more accurate than one that costs no more a point must be to stay; 0 for the exact front.</param>
    public Front Filter(List<FrontPoint> points, double step = 0) => new(ParetoFilter.Filter(points, Quantities, step));

    /// <summary>Combines two parts.</summary>
    /// <param name="left">The left part.</param>
    /// <param name="right">The right part.</param>
    /// <param name="rule">What becomes of the accuracies.</param>
    /// <param name="sideBySide">Whether the parts may run side by side; otherwise one runs after the other.</param>
    /// <param name="step">How coarse the front may be (<see cref="Filter"/>); 0 for the exact one.</param>
    /// <exception cref="FrontTooLargeException">The exact front has more points than it may.</exception>
    public Front Combine(Front left, Front right, AccuracyRule rule, bool sideBySide, double step = 0)
    {
        var isLonger = sideBySide && _schedule == Schedule.Parallel;
        var front = Quantities > 1 ? All(left, right, rule, isLonger, step)
            : isLonger && LatencyIsPrimary ? LevelMerge.Combine(left, right, rule, step)
            : HeapMerge.Combine(left, right, rule, step, step > 0 ? int.MaxValue : _maxPoints);
        return step > 0 || front.Count <= _maxPoints ? front : throw new FrontTooLargeException();
    }

    /// <summary>Scales a part that runs with a probability.</summary>
    public static Front Weigh(Front front, double weight) =>
        new([.. front.Points.Select((point, i) => new FrontPoint(point.Accuracy * weight, point.Primary * weight, point.Secondary * weight, point.Tertiary * weight, i))], front.Loss * weight);

    /// <summary>Combines a part with the repair of its output.</summary>
    /// <param name="target">The part.</param>
    /// <param name="repairer">The repairer's rows: what one attempt does.</param>
    /// <param name="attempts">The most attempts.</param>
    public Front Repair(Front target, Front repairer, int attempts)
    {
        // Not monotone along a front (a more accurate target takes longer but is repaired less), so every pair is looked at.
        var points = new List<FrontPoint>();
        for (var j = 0; j < repairer.Count; j++)
        {
            var row = repairer[j];
            var mended = RepairLoopModel.Mended(row.Accuracy, attempts);
            var expected = RepairLoopModel.Attempts(row.Accuracy, attempts);
            for (var i = 0; i < target.Count; i++)
            {
                var wrong = 1 - target[i].Accuracy;
                Add(points, new FrontPoint(
                    target[i].Accuracy + (wrong * mended),
                    target[i].Primary + (wrong * expected * row.Primary),
                    target[i].Secondary + (wrong * expected * row.Secondary),
                    target[i].Tertiary + (wrong * expected * row.Tertiary),
                    i, j));
            }
        }

        return Filter(points);
    }

    /// <summary>The accuracy of two parts together.</summary>
    public static double Accuracy(AccuracyRule rule, double p, double q) => rule switch
    {
        AccuracyRule.Both => p * q,
        AccuracyRule.Either => 1 - ((1 - p) * (1 - q)),
        _ => p + q,
    };

    private Front All(Front left, Front right, AccuracyRule rule, bool isLonger, double step)
    {
        if (step == 0 && _maxPoints < int.MaxValue && (long)left.Count * right.Count > MaxPairs)
        {
            throw new FrontTooLargeException();
        }

        var points = new List<FrontPoint>();
        for (var i = 0; i < left.Count; i++)
        {
            for (var j = 0; j < right.Count; j++)
            {
                var (a, b) = (left[i], right[j]);
                var primary = isLonger && LatencyIsPrimary ? Math.Max(a.Primary, b.Primary) : a.Primary + b.Primary;
                Add(points, new FrontPoint(
                    Accuracy(rule, a.Accuracy, b.Accuracy), primary, a.Secondary + b.Secondary, a.Tertiary + b.Tertiary, i, j));
            }
        }

        return Filter(points, step);
    }

    private double Of(in CallValues values, int place) => place >= _order.Length ? 0 : _order[place] switch
    {
        Objectives.Latency => values.Latency,
        Objectives.Cost => values.Cost,
        _ => values.Energy,
    };

    private double Of(in FrontPoint point, Objectives quantity) => Array.IndexOf(_order, quantity) switch
    {
        0 => point.Primary,
        1 => point.Secondary,
        2 => point.Tertiary,
        _ => 0,
    };

    // Only the last filter thins: a step for every filter would add up.
    private void Add(List<FrontPoint> points, FrontPoint point)
    {
        points.Add(point);
        if (points.Count == FilterAt)
        {
            var kept = ParetoFilter.Filter(points, Quantities);
            points.Clear();
            points.AddRange(kept);
        }
    }
}
