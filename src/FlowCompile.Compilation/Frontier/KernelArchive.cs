namespace FlowCompile.Compilation;

/// <summary>The non-dominated points found so far, with the choices behind them.</summary>
internal sealed class KernelArchive(bool useSecondary)
{
    private readonly List<(FrontPoint Point, int[] Choice)> _points = [];

    /// <summary>Whether a point found before is as good in every objective.</summary>
    public bool IsDominated(in FrontPoint point)
    {
        foreach (var (other, _) in _points)
        {
            if (other.Primary > point.Primary)
            {
                return false;
            }

            if (Covers(other, point))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds a point that is not dominated, and drops those that it dominates.</summary>
    public void Add(in FrontPoint point, int[] choice)
    {
        var added = point;
        _points.RemoveAll(one => Covers(added, one.Point));
        var place = _points.FindIndex(one => one.Point.Primary > added.Primary);
        _points.Insert(place < 0 ? _points.Count : place, (point, [.. choice]));
    }

    /// <summary>The front, its points numbered by their place.</summary>
    public (Front Front, IReadOnlyList<int[]> Choices) ToFront() => (
        new Front([.. _points.Select((one, i) => one.Point with { Left = i })]),
        [.. _points.Select(one => one.Choice)]);

    private bool Covers(in FrontPoint a, in FrontPoint b) =>
        a.Primary <= b.Primary && a.Accuracy >= b.Accuracy && (!useSecondary || a.Secondary <= b.Secondary);
}
