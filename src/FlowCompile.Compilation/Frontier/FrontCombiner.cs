namespace FlowCompile.Compilation;

/// <summary>
/// Combines the fronts of two parts into the front of both: what a cross product followed by pruning gives, without the cross product
/// where two objectives allow. Everything is monotone in both parts, so no dominated point of a part can be in a point of the whole.
/// </summary>
internal sealed class FrontCombiner
{
    private const int FilterAt = 1 << 18;
    private const long MaxPairs = 1L << 24;
    private readonly bool _latencyIsPrimary;
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
        _latencyIsPrimary = objectives.HasFlag(Objectives.Latency);
        UseSecondary = _latencyIsPrimary && objectives.HasFlag(Objectives.Cost);
    }

    /// <summary>Whether both latency and cost are objectives.</summary>
    public bool UseSecondary { get; }

    /// <summary>Whether the primary quantities of two parts add up.</summary>
    /// <param name="sideBySide">Whether the parts may run side by side.</param>
    public bool IsSum(bool sideBySide) => !(sideBySide && _schedule == Schedule.Parallel && _latencyIsPrimary);

    /// <summary>A point of given values.</summary>
    public FrontPoint Point(CallValues values, int left, int right = 0) => _latencyIsPrimary
        ? new FrontPoint(values.Accuracy, values.Latency, values.Cost, left, right)
        : new FrontPoint(values.Accuracy, values.Cost, values.Latency, left, right);

    /// <summary>The values of a point.</summary>
    public CallValues Values(in FrontPoint point) => _latencyIsPrimary
        ? new CallValues(point.Accuracy, point.Primary, point.Secondary)
        : new CallValues(point.Accuracy, point.Secondary, point.Primary);

    /// <summary>The front of points.</summary>
    /// <param name="points">The points.</param>
    /// <param name="step">How much more accurate than one that costs no more a point must be to stay; 0 for the exact front.</param>
    public Front Filter(List<FrontPoint> points, double step = 0) => new(ParetoFilter.Filter(points, UseSecondary, step));

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
        var front = UseSecondary ? All(left, right, rule, isLonger, step)
            : isLonger && _latencyIsPrimary ? LevelMerge.Combine(left, right, rule, step)
            : HeapMerge.Combine(left, right, rule, step, step > 0 ? int.MaxValue : _maxPoints);
        return step > 0 || front.Count <= _maxPoints ? front : throw new FrontTooLargeException();
    }

    /// <summary>Scales a part that runs with a probability.</summary>
    public static Front Weigh(Front front, double weight) =>
        new([.. front.Points.Select((point, i) => new FrontPoint(point.Accuracy * weight, point.Primary * weight, point.Secondary * weight, i))], front.Loss * weight);

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
                var latency = isLonger ? Math.Max(a.Primary, b.Primary) : a.Primary + b.Primary;
                Add(points, new FrontPoint(Accuracy(rule, a.Accuracy, b.Accuracy), latency, a.Secondary + b.Secondary, i, j));
            }
        }

        return Filter(points, step);
    }

    // Only the last filter thins: a step for every filter would add up.
    private void Add(List<FrontPoint> points, FrontPoint point)
    {
        points.Add(point);
        if (points.Count == FilterAt)
        {
            var kept = ParetoFilter.Filter(points, UseSecondary, 0);
            points.Clear();
            points.AddRange(kept);
        }
    }
}
