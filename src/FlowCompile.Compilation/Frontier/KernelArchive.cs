namespace FlowCompile.Compilation;

/// <summary>The non-dominated points found so far, with the choices behind them.</summary>
internal sealed class KernelArchive(int quantities)
{
    private readonly List<(FrontPoint Point, int[] Choice)> _points = [];

    /// <summary>Whether a point found before is as good in every objective.</summary>
    public bool IsDominated(in FrontPoint point) => BestWithin(point) is { } best && best >= point.Accuracy;

    /// <summary>The best accuracy found at no more than a point costs; <see langword="null"/> where all found costs more.</summary>
    public double? BestWithin(in FrontPoint point)
    {
        var after = FirstAbove(point.Primary);
        if (quantities == 1)
        {
            return after == 0 ? null : _points[after - 1].Point.Accuracy;
        }

        double? best = null;
        for (var i = 0; i < after; i++)
        {
            var one = _points[i].Point;
            best = one.Secondary <= point.Secondary && (quantities < 3 || one.Tertiary <= point.Tertiary) && !(one.Accuracy <= best) ? one.Accuracy : best;
        }

        return best;
    }

    /// <summary>Adds a point that is not dominated, and drops those that it dominates.</summary>
    public void Add(in FrontPoint point, int[] choice)
    {
        var added = point;
        _points.RemoveAll(one => Covers(added, one.Point));
        _points.Insert(FirstAbove(point.Primary), (point, [.. choice]));
    }

    /// <summary>The front, its points numbered by their place.</summary>
    public (Front Front, IReadOnlyList<int[]> Choices) ToFront() => (
        new Front([.. _points.Select((one, i) => one.Point with { Left = i })]),
        [.. _points.Select(one => one.Choice)]);

    private int FirstAbove(double primary)
    {
        var (low, high) = (0, _points.Count);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            (low, high) = _points[middle].Point.Primary <= primary ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private bool Covers(in FrontPoint a, in FrontPoint b) =>
        a.Primary <= b.Primary && a.Accuracy >= b.Accuracy && (quantities < 2 || a.Secondary <= b.Secondary) && (quantities < 3 || a.Tertiary <= b.Tertiary);
}
