namespace FlowCompile.Compilation;

/// <summary>One run whose calls wait for slots (<see cref="SlotSchedule"/>).</summary>
/// <param name="slots">How many slots each place has.</param>
/// <param name="before">For each vertex those it waits for.</param>
/// <param name="calls">The calls.</param>
/// <param name="output">The vertex with which the run ends; -1 where it ends with the last.</param>
internal sealed class SlotRun(IReadOnlyList<int> slots, IReadOnlyList<int[]> before, IReadOnlyList<SlotCall> calls, int output)
{
    private readonly double[] _vertexEnd = new double[before.Count];
    private readonly double[] _ready = new double[calls.Count];
    private readonly double[] _end = new double[calls.Count];
    private readonly double[][] _free = [.. slots.Select(count => new double[count])];

    /// <summary>When a run ends, in seconds from its start.</summary>
    /// <param name="run">Which run.</param>
    public double EndOf(int run)
    {
        Array.Clear(_vertexEnd);
        Array.ForEach(_free, Array.Clear);
        var order = new SlotOrder(before, calls);
        while (order.Settle(EndVertex))
        {
            foreach (var call in order.TakeReady())
            {
                _ready[call] = calls[call].After is >= 0 and var after ? _end[after] : Latest(before[calls[call].Vertex]);
                order.Add(call, _ready[call]);
            }

            Start(order.Next(), run);
        }

        return output < 0 ? _vertexEnd.Max() : _vertexEnd[output];
    }

    private void EndVertex(int v)
    {
        _vertexEnd[v] = Latest(before[v]);
        for (var call = 0; call < calls.Count; call++)
        {
            if (calls[call].Vertex == v)
            {
                _vertexEnd[v] = Math.Max(_vertexEnd[v], _end[call]);
            }
        }
    }

    private double Latest(int[] vertices)
    {
        var latest = 0.0;
        foreach (var vertex in vertices)
        {
            latest = Math.Max(latest, _vertexEnd[vertex]);
        }

        return latest;
    }

    private void Start(int call, int run)
    {
        var (seconds, place) = (calls[call].Seconds[run], calls[call].Place);
        if (seconds < 0 || place < 0)
        {
            _end[call] = _ready[call] + Math.Max(0, seconds);
            return;
        }

        var first = 0;
        for (var slot = 1; slot < _free[place].Length; slot++)
        {
            first = _free[place][slot] < _free[place][first] ? slot : first;
        }

        _end[call] = Math.Max(_ready[call], _free[place][first]) + seconds;
        _free[place][first] = _end[call];
    }
}
