namespace FlowCompile.Compilation;

/// <summary>Keeps the points that no other dominates; of equal points one.</summary>
internal static class ParetoFilter
{
    /// <summary>Filters points.</summary>
    /// <param name="points">The points, in any order; they are sorted.</param>
    /// <param name="quantities">How many of a point's quantities are objectives: 1 to 3.</param>
    /// <param name="step">How much more accurate than a point that costs no more a point must be to stay; 0 keeps the exact front.</param>
    /// <returns>The front, lowest <see cref="FrontPoint.Primary"/> first.</returns>
    public static FrontPoint[] Filter(List<FrontPoint> points, int quantities, double step = 0)
    {
        points.Sort();
        return quantities switch
        {
            1 => Two(points, step),
            2 => Three(points, step),
            _ => Four(points, step),
        };
    }

    private static FrontPoint[] Two(List<FrontPoint> points, double step)
    {
        var front = new List<FrontPoint>();
        var best = double.NegativeInfinity;
        foreach (var point in points)
        {
            if (point.Accuracy > best + step)
            {
                best = point.Accuracy;
                front.Add(point);
            }
        }

        return [.. front];
    }

    // Points come by primary, so one is dominated if one before it has no less accuracy and no more secondary. What matters of those
    // before is their own front of accuracy and secondary, kept with both ascending.
    private static FrontPoint[] Three(List<FrontPoint> points, double step)
    {
        var front = new List<FrontPoint>();
        var stairs = new List<(double Secondary, double Accuracy)>();
        foreach (var point in points)
        {
            var after = FirstAbove(stairs, point.Secondary);
            if (after > 0 && stairs[after - 1].Accuracy + step >= point.Accuracy)
            {
                continue;
            }

            front.Add(point);
            var from = after > 0 && stairs[after - 1].Secondary == point.Secondary ? after - 1 : after;
            var to = after;
            while (to < stairs.Count && stairs[to].Accuracy <= point.Accuracy)
            {
                to++;
            }

            stairs.RemoveRange(from, to - from);
            stairs.Insert(from, (point.Secondary, point.Accuracy));
        }

        return [.. front];
    }

    // As with three, but no order of those before helps. What has dominated is likely to again, so it moves ahead.
    private static FrontPoint[] Four(List<FrontPoint> points, double step)
    {
        var front = new List<FrontPoint>();
        var best = new List<FrontPoint>();
        foreach (var point in points)
        {
            var by = best.FindIndex(one => one.Accuracy + step >= point.Accuracy && one.Secondary <= point.Secondary && one.Tertiary <= point.Tertiary);
            if (by >= 0)
            {
                (best[by], best[by / 2]) = (best[by / 2], best[by]);
                continue;
            }

            front.Add(point);
            best.RemoveAll(one => one.Accuracy <= point.Accuracy && one.Secondary >= point.Secondary && one.Tertiary >= point.Tertiary);
            best.Add(point);
        }

        return [.. front];
    }

    private static int FirstAbove(List<(double Secondary, double Accuracy)> stairs, double secondary)
    {
        var (low, high) = (0, stairs.Count);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            (low, high) = stairs[middle].Secondary <= secondary ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
