namespace FlowCompile.Compilation;

/// <summary>Which call starts next: of those whose inputs are there the one that came first, and of those that came together the first.</summary>
/// <param name="before">For each vertex those it waits for.</param>
/// <param name="calls">The calls.</param>
internal sealed class SlotOrder(IReadOnlyList<int[]> before, IReadOnlyList<SlotCall> calls)
{
    private readonly bool[] _isEnded = new bool[before.Count];
    private readonly int[] _left = CallsOf(before.Count, calls);
    private readonly bool[] _isStarted = new bool[calls.Count];
    private readonly bool[] _isKnown = new bool[calls.Count];
    private readonly double[] _ready = new double[calls.Count];
    private int _toStart = calls.Count;

    /// <summary>Ends every vertex whose calls and upstreams have ended.</summary>
    /// <param name="end">Told of each, upstreams first.</param>
    /// <returns>Whether calls are left.</returns>
    public bool Settle(Action<int> end)
    {
        for (var v = 0; v < _isEnded.Length; v++)
        {
            if (!_isEnded[v] && _left[v] == 0 && IsThere(v))
            {
                _isEnded[v] = true;
                end(v);
            }
        }

        return _toStart > 0;
    }

    /// <summary>The calls whose inputs have just got there.</summary>
    public IEnumerable<int> TakeReady()
    {
        for (var call = 0; call < calls.Count; call++)
        {
            if (!_isKnown[call] && (calls[call].After is >= 0 and var after ? _isStarted[after] : IsThere(calls[call].Vertex)))
            {
                _isKnown[call] = true;
                yield return call;
            }
        }
    }

    /// <summary>Adds a call that can start.</summary>
    /// <param name="call">The call.</param>
    /// <param name="ready">When its inputs were there.</param>
    public void Add(int call, double ready) => _ready[call] = ready;

    /// <summary>Takes the call that starts next.</summary>
    public int Next()
    {
        var next = -1;
        for (var call = 0; call < calls.Count; call++)
        {
            if (_isKnown[call] && !_isStarted[call] && (next < 0 || _ready[call] < _ready[next]))
            {
                next = call;
            }
        }

        _isStarted[next] = true;
        _left[calls[next].Vertex]--;
        _toStart--;
        return next;
    }

    private static int[] CallsOf(int vertices, IReadOnlyList<SlotCall> calls)
    {
        var count = new int[vertices];
        foreach (var call in calls)
        {
            count[call.Vertex]++;
        }

        return count;
    }

    private bool IsThere(int vertex) => Array.TrueForAll(before[vertex], other => _isEnded[other]);
}
