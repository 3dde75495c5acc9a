namespace FlowCompile.Compilation;

/// <summary>
/// Shortens a kernel from its longest latency to its least, giving up as little as possible for every second: what is lost is a flow's
/// least cut. As long as a cut is saturated everything behind it moves ahead, until a part has come to a row, or something waits for a part
/// that it did not wait for before; then the flow grows (Fulkerson; Kelley).
/// </summary>
internal sealed class PathShortener
{
    // Of the unit of time, and of a flow.
    private const double Same = 1e-10;
    private const double Full = 1e-12;
    private readonly PathKernel _kernel;
    private readonly PathArc[] _arcs;
    private readonly int[][] _from; // the arcs from each event, and into it
    private readonly int[][] _into;
    private readonly double[] _time; // of the events: the start, then the start and the end of each place
    private readonly double[] _flow;
    private readonly double[] _least;
    private readonly double[] _most;
    private readonly int[] _reached; // the arc by which an event was reached; backwards its complement
    private readonly int[] _queue;
    private readonly double[][] _seconds; // of each place, the rows on the hull that are apart
    private readonly double[][] _slopes;
    private double _total;

    private PathShortener(PathKernel kernel)
    {
        _kernel = kernel;
        _arcs = [.. ArcsOf(kernel)];
        var events = 1 + (2 * kernel.Count);
        _from = [.. Enumerable.Range(0, events).Select(one => Enumerable.Range(0, _arcs.Length).Where(arc => _arcs[arc].From == one).ToArray())];
        _into = [.. Enumerable.Range(0, events).Select(one => Enumerable.Range(0, _arcs.Length).Where(arc => _arcs[arc].To == one).ToArray())];
        _time = new double[events];
        _reached = new int[events];
        _queue = new int[events];
        _flow = new double[_arcs.Length];
        _least = new double[_arcs.Length];
        _most = new double[_arcs.Length];
        _seconds = new double[kernel.Count][];
        _slopes = new double[kernel.Count][];
        for (var place = 0; place < kernel.Count; place++)
        {
            ReadHull(place);
        }
    }

    /// <summary>The flows, from the longest latency to the least.</summary>
    public static List<PathFlow> Run(PathKernel kernel) => new PathShortener(kernel).Shorten();

    private List<PathFlow> Shorten()
    {
        for (var place = 0; place < _kernel.Count; place++)
        {
            _time[Start(place)] = _kernel.Inputs[place].Select(input => _time[End(input)]).DefaultIfEmpty(0).Max();
            _time[End(place)] = _time[Start(place)] + _seconds[place][^1];
        }

        var flows = new List<PathFlow> { ToFlow() };

        // Every step takes a part to a row or a wait to its end, and so do few steps for each of them; rounding must not go on for ever.
        var steps = 64 + (16 * (_arcs.Length + _seconds.Sum(hull => hull.Length)));
        while (steps-- > 0 && Augment() && Step() is > 0 and var step && double.IsFinite(step))
        {
            for (var one = 0; one < _time.Length; one++)
            {
                _time[one] -= _reached[one] == Unreached ? step : 0;
            }

            flows.Add(ToFlow());
        }

        return flows;
    }

    // Sends all through that goes through; false when as much as one likes does, which is to say that nothing gets any shorter.
    private bool Augment()
    {
        for (var arc = 0; arc < _arcs.Length; arc++)
        {
            (_least[arc], _most[arc]) = Range(arc);
        }

        while (Reach())
        {
            var room = double.PositiveInfinity;
            for (var one = _time.Length - 1; one != 0;)
            {
                var arc = _reached[one];
                room = Math.Min(room, arc >= 0 ? _most[arc] - _flow[arc] : _flow[~arc] - _least[~arc]);
                one = arc >= 0 ? _arcs[arc].From : _arcs[~arc].To;
            }

            if (double.IsPositiveInfinity(room))
            {
                return false;
            }

            for (var one = _time.Length - 1; one != 0;)
            {
                var arc = _reached[one];
                _flow[arc >= 0 ? arc : ~arc] += arc >= 0 ? room : -room;
                one = arc >= 0 ? _arcs[arc].From : _arcs[~arc].To;
            }

            _total += room;
        }

        return true;
    }

    private bool Reach()
    {
        Array.Fill(_reached, Unreached);
        var (head, tail) = (0, 1);
        _queue[0] = 0;
        _reached[0] = 0;
        while (head < tail && _reached[^1] == Unreached)
        {
            var one = _queue[head++];
            foreach (var arc in _from[one])
            {
                if (_reached[_arcs[arc].To] == Unreached && _flow[arc] < _most[arc] - (Full * (1 + _flow[arc])))
                {
                    _reached[_arcs[arc].To] = arc;
                    _queue[tail++] = _arcs[arc].To;
                }
            }

            foreach (var arc in _into[one])
            {
                if (_reached[_arcs[arc].From] == Unreached && _flow[arc] > _least[arc] + (Full * (1 + _flow[arc])))
                {
                    _reached[_arcs[arc].From] = ~arc;
                    _queue[tail++] = _arcs[arc].From;
                }
            }
        }

        return _reached[^1] != Unreached;
    }

    // How far all that was not reached can move ahead.
    private double Step()
    {
        var step = double.PositiveInfinity;
        for (var arc = 0; arc < _arcs.Length; arc++)
        {
            var (from, to, place) = _arcs[arc];
            var (near, far) = (_reached[from] != Unreached, _reached[to] != Unreached);
            if (near == far)
            {
                continue;
            }

            var length = _time[to] - _time[from];
            if (place < 0)
            {
                step = near ? Math.Min(step, length) : step;
            }
            else if (near)
            {
                var row = Array.FindLastIndex(_seconds[place], seconds => seconds < length - Same);
                step = row >= 0 ? Math.Min(step, length - _seconds[place][row]) : 0;
            }
            else if (Array.FindIndex(_seconds[place], seconds => seconds > length + Same) is >= 0 and var row)
            {
                step = Math.Min(step, _seconds[place][row] - length);
            }
        }

        return step;
    }

    // What a second more and a second less of a part are worth, where it is now; what has to be waited for takes any flow.
    private (double Least, double Most) Range(int arc)
    {
        var (from, to, place) = _arcs[arc];
        var length = _time[to] - _time[from];
        if (place < 0)
        {
            return (0, length <= Same ? double.PositiveInfinity : 0);
        }

        var (seconds, slopes) = (_seconds[place], _slopes[place]);
        if (length > seconds[^1] + Same)
        {
            return (0, 0);
        }

        var row = Array.FindLastIndex(seconds, one => one <= length + Same);
        var after = row + 1 < seconds.Length ? slopes[row] : 0;
        var isBetween = length - seconds[row] > Same;
        return (after, isBetween ? after : row > 0 ? slopes[row - 1] : double.PositiveInfinity);
    }

    private PathFlow ToFlow()
    {
        var through = new double[_kernel.Count];
        var into = new double[_kernel.Count][];
        var (value, arc) = (0.0, 0);
        for (var place = 0; place < _kernel.Count; place++)
        {
            into[place] = new double[_kernel.Inputs[place].Length];
            for (var input = 0; input < into[place].Length; input++)
            {
                into[place][input] = Math.Max(0, _flow[arc++]);
            }

            arc += into[place].Length == 0 ? 1 : 0;
            through[place] = Math.Max(0, _flow[arc++]);
            value += _kernel.Parts[place].Best(through[place]);
        }

        return new PathFlow(_total, through, into, value, _time[^1]);
    }

    // In the order that flows are read in: into a place, then through it.
    private static IEnumerable<PathArc> ArcsOf(PathKernel kernel)
    {
        for (var place = 0; place < kernel.Count; place++)
        {
            foreach (var input in kernel.Inputs[place])
            {
                yield return new PathArc(End(input), Start(place), -1);
            }

            if (kernel.Inputs[place].Length == 0)
            {
                yield return new PathArc(0, Start(place), -1);
            }

            yield return new PathArc(Start(place), End(place), place);
        }
    }

    private void ReadHull(int place)
    {
        var part = _kernel.Parts[place];
        var rows = new List<int>();
        foreach (var row in part.Hull)
        {
            if (rows.Count == 0 || part.Seconds[row] - part.Seconds[rows[^1]] > 4 * Same)
            {
                rows.Add(row);
            }
        }

        _seconds[place] = [.. rows.Select(row => part.Seconds[row])];
        _slopes[place] = [.. rows.Skip(1).Select((row, i) => (part.Values[row] - part.Values[rows[i]]) / (part.Seconds[row] - part.Seconds[rows[i]]))];
    }

    private static int Start(int place) => 1 + (2 * place);

    private static int End(int place) => 2 + (2 * place);

    private const int Unreached = int.MinValue;

    /// <summary>What lies between two events.</summary>
    /// <param name="From">The first.</param>
    /// <param name="To">The second.</param>
    /// <param name="Place">The place whose start and end these are; -1 where one only waits for the other.</param>
    private readonly record struct PathArc(int From, int To, int Place);
}
