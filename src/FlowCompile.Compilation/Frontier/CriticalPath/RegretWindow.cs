namespace FlowCompile.Compilation;

/// <summary>
/// What comes close to a bound within a stretch of latencies. By how much a choice misses the bound of a flow is its regret: for every
/// row what it is worse than the best at the price of its place, and for every wait the flow into it times the seconds waited. Only rows
/// of little regret are left, and for every place it is known what regret the places after it must add at least to end in the stretch.
/// </summary>
internal sealed class RegretWindow
{
    private const double Rounding = 1e-9;
    private readonly double _spentFrom;
    private readonly double _spentTo;
    private readonly double[] _spentAfter; // by place, what those after it spend where none has regrets
    private readonly ReachCurve[] _more;
    private readonly ReachCurve[] _less;

    /// <summary>Creates a window.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="flow">The flow whose bound it is.</param>
    /// <param name="regret">The most regret.</param>
    /// <param name="from">The least latency.</param>
    /// <param name="to">The most.</param>
    public RegretWindow(PathKernel kernel, PathFlow flow, double regret, double from, double to)
    {
        (Kernel, Flow, Regret, From, To) = (kernel, flow, regret, from, to);
        (_spentFrom, _spentTo) = ((flow.Total * from) - Rounding, (flow.Total * to) + Rounding);
        Rows = new Row[kernel.Count][];
        _spentAfter = new double[kernel.Count];
        _more = new ReachCurve[kernel.Count];
        _less = new ReachCurve[kernel.Count];
        var (more, less, spent) = (new List<(double Width, double Regret)>(), new List<(double Width, double Regret)>(), 0.0);
        for (var place = kernel.Count - 1; place >= 0; place--)
        {
            _spentAfter[place] = spent;
            // A wait spends what it regrets; that nothing spends less than it must is never to be had.
            _more[place] = new ReachCurve(more, beyond: 1, regret);
            _less[place] = new ReachCurve(less, beyond: double.PositiveInfinity, regret);
            var rows = RowsOf(place);
            var best = Array.FindIndex(rows, row => row.Regret <= rows.Min(one => one.Regret));
            spent += rows[best].Spent;
            AddEdges(more, rows.AsSpan(best));
            Array.Reverse(rows);
            AddEdges(less, rows.AsSpan(rows.Length - 1 - best));
            Array.Sort(rows, (a, b) => a.Regret != b.Regret ? a.Regret.CompareTo(b.Regret) : a.Index.CompareTo(b.Index));
            Rows[place] = rows;
        }
    }

    public PathKernel Kernel { get; }

    public PathFlow Flow { get; }

    /// <summary>The most regret.</summary>
    public double Regret { get; }

    /// <summary>The least latency.</summary>
    public double From { get; }

    /// <summary>The most latency.</summary>
    public double To { get; }

    /// <summary>For each place its rows, the least regret first.</summary>
    public Row[][] Rows { get; }

    /// <summary>Whether what has been chosen up to a place can end in the window.</summary>
    /// <param name="place">The place.</param>
    /// <param name="spent">The worth of the seconds spent.</param>
    /// <param name="regret">The regret.</param>
    public bool CanEnd(int place, double spent, double regret)
    {
        var end = spent + _spentAfter[place];
        return regret + (end < _spentFrom ? _more[place].At(_spentFrom - end) : end > _spentTo ? _less[place].At(end - _spentTo) : 0) <= Regret;
    }

    private Row[] RowsOf(int place)
    {
        var (part, price) = (Kernel.Parts[place], Flow.Through[place]);
        var best = part.Best(price);
        var rows = new List<Row>();
        for (var row = 0; row < part.Seconds.Length; row++)
        {
            var regret = Math.Max(0, best - (part.Values[row] - (price * part.Seconds[row])));
            if (regret <= Regret)
            {
                rows.Add(new Row(row, part.Seconds[row], price * part.Seconds[row], regret));
            }
        }

        return [.. rows];
    }

    // The edges of the convex hull of rows from the best one on, in the order of their slopes among those of other places.
    private static void AddEdges(List<(double Width, double Regret)> edges, ReadOnlySpan<Row> rows)
    {
        var hull = new List<(double Width, double Regret)> { (0, 0) };
        foreach (var row in rows[1..])
        {
            var (width, regret) = (Math.Abs(row.Spent - rows[0].Spent), Math.Max(0, row.Regret - rows[0].Regret));
            if (width <= hull[^1].Width)
            {
                continue;
            }

            while (hull.Count > 1 && (hull[^1].Regret - hull[^2].Regret) * (width - hull[^2].Width) >= (regret - hull[^2].Regret) * (hull[^1].Width - hull[^2].Width))
            {
                hull.RemoveAt(hull.Count - 1);
            }

            hull.Add((width, regret));
        }

        for (var i = 1; i < hull.Count; i++)
        {
            var edge = (Width: hull[i].Width - hull[i - 1].Width, Regret: Math.Max(0, hull[i].Regret - hull[i - 1].Regret));
            var at = edges.FindIndex(one => one.Regret * edge.Width > edge.Regret * one.Width);
            edges.Insert(at < 0 ? edges.Count : at, edge);
        }
    }

    /// <summary>A row of a place.</summary>
    /// <param name="Index">Its place among the rows of the part.</param>
    /// <param name="Seconds">Its latency.</param>
    /// <param name="Spent">The worth of that.</param>
    /// <param name="Regret">What it is worse than the best at its price.</param>
    public readonly record struct Row(int Index, double Seconds, double Spent, double Regret);
}
