namespace FlowCompile.Compilation;

/// <summary>
/// Bounds from above what parts that add up can reach together. In the logarithm, accuracies add up too (of parts that are all
/// required <c>log p</c>, of candidates <c>-log(1 - p)</c>), and no sum of points lies above the sum of the parts' concave hulls, which
/// is all their edges, steepest first. What a front found lacks of that is the most it can have lost.
/// </summary>
internal static class ConcaveBound
{
    private const double Least = 1e-300;
    private const double Rounding = 1e-12;

    /// <summary>How much accuracy a front of several parts can have lost.</summary>
    /// <param name="parts">The fronts of the parts.</param>
    /// <param name="found">The front found for all together.</param>
    /// <param name="rule">How their accuracies come together.</param>
    public static double LossOf(IReadOnlyList<Front> parts, Front found, AccuracyRule rule)
    {
        var (primary, value) = (0.0, 0.0);
        var edges = new List<(double Width, double Height)>();
        foreach (var part in parts)
        {
            var (x, y) = Hull(part, rule, edges);
            primary += x;
            value += y;
        }

        edges.Sort((a, b) => (b.Height * a.Width).CompareTo(a.Height * b.Width));
        var (loss, next) = (0.0, 0);
        for (var i = 0; i < found.Count; i++)
        {
            // Up to the next point nothing better was found than this one.
            var until = i + 1 < found.Count ? found[i + 1].Primary : double.PositiveInfinity;
            while (next < edges.Count && primary + edges[next].Width <= until)
            {
                primary += edges[next].Width;
                value += edges[next].Height;
                next++;
            }

            var part = next < edges.Count ? Math.Max(0, until - primary) / edges[next].Width * edges[next].Height : 0;
            loss = Math.Max(loss, AccuracyOf(rule, value + part) - found[i].Accuracy);
        }

        return Math.Clamp(loss + Rounding, 0, 1);
    }

    // Adds the edges of a part's hull, and returns where it starts.
    private static (double Primary, double Value) Hull(Front part, AccuracyRule rule, List<(double Width, double Height)> edges)
    {
        var hull = new List<(double X, double Y)>();
        foreach (var point in part.Points)
        {
            var (x, y) = (point.Primary, ValueOf(rule, Math.Min(1, point.Accuracy + part.Loss)));
            while (hull.Count > 1 && (hull[^1].Y - hull[^2].Y) * (x - hull[^2].X) <= (y - hull[^2].Y) * (hull[^1].X - hull[^2].X))
            {
                hull.RemoveAt(hull.Count - 1);
            }

            hull.Add((x, y));
        }

        for (var i = 1; i < hull.Count; i++)
        {
            edges.Add((hull[i].X - hull[i - 1].X, hull[i].Y - hull[i - 1].Y));
        }

        return hull[0];
    }

    private static double ValueOf(AccuracyRule rule, double accuracy) =>
        rule == AccuracyRule.Either ? -Math.Log(Math.Max(Least, 1 - accuracy)) : Math.Log(Math.Max(Least, accuracy));

    private static double AccuracyOf(AccuracyRule rule, double value) => rule == AccuracyRule.Either ? 1 - Math.Exp(-value) : Math.Exp(value);
}
