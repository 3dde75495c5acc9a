namespace FlowCompile.Compilation;

/// <summary>Hypervolumes of configurations under draws of the cases: accuracy against one thing that is spent, latency or cost.</summary>
internal sealed class RaceVolumes
{
    private readonly RacePool _pool;
    private readonly double[][] _spent;
    private readonly (double Accuracy, double Spent, int Configuration)[][] _draws;
    private readonly double[] _whole;
    private readonly double _most;

    /// <summary>Estimates the configurations under each draw.</summary>
    /// <param name="pool">The configurations.</param>
    /// <param name="weights">For each draw the weight of every case.</param>
    /// <param name="spent">What a configuration spends, case by case.</param>
    public RaceVolumes(RacePool pool, IReadOnlyList<double[]> weights, Func<RaceConfiguration, double[]> spent)
    {
        (_pool, _spent) = (pool, [.. pool.Configurations.Select(spent)]);
        _draws = [.. weights.Select(Points)];

        // Up to what the most accurate configuration spends in any draw, and a tenth more, so that it counts itself.
        _most = _draws.Max(points => points.MaxBy(point => (point.Accuracy, -point.Spent)).Spent) * 1.1;
        _whole = Array.ConvertAll(_draws, points => Volume(points, _ => true));
    }

    /// <summary>For each draw the share of the hypervolume that is lost without some configurations.</summary>
    /// <param name="missing">For each configuration how many of its settings are missing.</param>
    public double[] LossWithout(int[] missing) => [.. _draws.Select((points, d) => Lost(Volume(points, c => missing[c] == 0), _whole[d]))];

    /// <summary>For each draw the share of the hypervolume that is lost with the configurations alone that are on the frontier of the recorded cases.</summary>
    public double[] LossOfFrontier()
    {
        var even = new double[OutcomeVectors.Width(_pool.Cases + RacePool.SupposedCases)];
        Array.Fill(even, 1.0 / _pool.Cases, 0, _pool.Cases);
        var (frontier, best) = (new HashSet<int>(), double.NegativeInfinity);
        foreach (var point in Points(even).Where(point => point.Accuracy > best))
        {
            best = point.Accuracy;
            frontier.Add(point.Configuration);
        }

        return [.. _draws.Select((points, d) => Lost(Volume(points, frontier.Contains), _whole[d]))];
    }

    private static double Lost(double volume, double whole) => whole > 0 ? 1 - (volume / whole) : 0;

    private (double Accuracy, double Spent, int Configuration)[] Points(double[] weights)
    {
        var points = _pool.Configurations.Select((one, c) => (VectorMath.Dot(one.Accuracy, weights), VectorMath.Dot(_spent[c], weights), c)).ToArray();
        Array.Sort(points, (a, b) => a.Item2 != b.Item2 ? a.Item2.CompareTo(b.Item2) : a.Item1 != b.Item1 ? b.Item1.CompareTo(a.Item1) : a.c.CompareTo(b.c));
        return points;
    }

    private double Volume((double Accuracy, double Spent, int Configuration)[] points, Func<int, bool> isThere)
    {
        var (volume, best) = (0.0, 0.0);
        foreach (var (accuracy, spent, configuration) in points)
        {
            if (accuracy > best && spent < _most && isThere(configuration))
            {
                volume += (accuracy - best) * (_most - spent);
                best = accuracy;
            }
        }

        return volume;
    }
}
