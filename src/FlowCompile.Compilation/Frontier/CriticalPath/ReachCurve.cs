namespace FlowCompile.Compilation;

/// <summary>The least regret for which several parts together come to take more, or less, by a given worth of seconds: convex.</summary>
internal sealed class ReachCurve
{
    private readonly double[] _widths;
    private readonly double[] _regrets;
    private readonly double _beyond;

    /// <summary>Creates a curve.</summary>
    /// <param name="edges">Its edges, the least regret for the width first.</param>
    /// <param name="beyond">The regret for each further unit of width.</param>
    /// <param name="enough">The regret from which on it does not matter how much more it is.</param>
    public ReachCurve(IReadOnlyList<(double Width, double Regret)> edges, double beyond, double enough)
    {
        var (widths, regrets) = (new List<double> { 0 }, new List<double> { 0 });
        foreach (var (width, regret) in edges)
        {
            if (regrets[^1] > enough)
            {
                break;
            }

            widths.Add(widths[^1] + width);
            regrets.Add(regrets[^1] + regret);
        }

        _widths = [.. widths];
        _regrets = [.. regrets];
        _beyond = beyond;
    }

    /// <summary>The least regret for a width above 0.</summary>
    public double At(double width)
    {
        var (low, high) = (0, _widths.Length - 1);
        if (width >= _widths[high])
        {
            return width == _widths[high] ? _regrets[high] : _regrets[high] + (_beyond * (width - _widths[high]));
        }

        while (high - low > 1)
        {
            var middle = (low + high) >> 1;
            (low, high) = _widths[middle] <= width ? (middle, high) : (low, middle);
        }

        return _regrets[low] + ((width - _widths[low]) / (_widths[high] - _widths[low]) * (_regrets[high] - _regrets[low]));
    }
}
