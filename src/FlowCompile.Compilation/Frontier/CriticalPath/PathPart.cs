namespace FlowCompile.Compilation;

/// <summary>The rows of one vertex of a <see cref="PathKernel"/>, fastest first: more seconds, more accuracy.</summary>
internal sealed class PathPart
{
    // A part that is never right has a logarithm too, far below all others.
    private const double Least = 1e-300;

    /// <summary>Creates a part.</summary>
    /// <param name="front">Its rows; <see langword="null"/> for what makes no call.</param>
    /// <param name="unit">How many seconds are one unit of time.</param>
    public PathPart(Front? front, double unit)
    {
        Seconds = front is null ? [0] : [.. front.Points.Select(point => point.Primary / unit)];
        Values = front is null ? [0] : [.. front.Points.Select(point => Math.Log(Math.Max(Least, point.Accuracy)))];
        Hull = FindHull(Seconds, Values);
    }

    /// <summary>The latency of each row, in units of the kernel.</summary>
    public double[] Seconds { get; }

    /// <summary>The logarithm of the accuracy of each row: what adds up.</summary>
    public double[] Values { get; }

    /// <summary>The rows on the concave hull: what is best where a second more is worth a given gain.</summary>
    public int[] Hull { get; }

    /// <summary>The most that a row comes to, where every second costs a given value.</summary>
    public double Best(double price)
    {
        var best = double.NegativeInfinity;
        foreach (var row in Hull)
        {
            best = Math.Max(best, Values[row] - (price * Seconds[row]));
        }

        return best;
    }

    private static int[] FindHull(double[] seconds, double[] values)
    {
        var hull = new List<int>();
        for (var row = 0; row < seconds.Length; row++)
        {
            while (hull.Count > 1 && Slope(hull[^2], hull[^1]) <= Slope(hull[^1], row))
            {
                hull.RemoveAt(hull.Count - 1);
            }

            hull.Add(row);
        }

        return [.. hull];

        double Slope(int from, int to) => (values[to] - values[from]) / (seconds[to] - seconds[from]);
    }
}
