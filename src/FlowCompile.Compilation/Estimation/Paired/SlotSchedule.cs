using System.Numerics;
using System.Runtime.InteropServices;

namespace FlowCompile.Compilation;

/// <summary>
/// When runs end whose calls wait for slots: a call starts as soon as its inputs are there and its place has a slot free, first come, first
/// served; calls that come together start in the order of their nodes. Many runs are worked out side by side, in the order in which their
/// calls come on average, and those with another order one by one. Its buffers serve one evaluation at a time.
/// </summary>
/// <param name="slots">How many slots each place has.</param>
/// <param name="runs">The number of runs, padded to whole vectors.</param>
internal sealed class SlotSchedule(IReadOnlyList<int> slots, int runs)
{
    private readonly double[][][] _free = [.. slots.Select(count => Buffers(count, runs))]; // by place, when its slots are free, earliest first
    private readonly double[][] _latest = Buffers(slots.Count, runs); // by place, when the call that started last had come
    private readonly int[] _last = new int[slots.Count];
    private readonly double[] _isOther = new double[runs];
    private double[][] _vertexEnd = [];
    private double[][] _ready = [];
    private double[][] _end = [];

    /// <summary>Computes when each run ends.</summary>
    /// <param name="before">For each vertex those it waits for.</param>
    /// <param name="waits">For each of these 1 in the runs in which it is waited for, else 0; <see langword="null"/> where it always is.</param>
    /// <param name="calls">The calls, in the order in which they start where they come together.</param>
    /// <param name="output">The vertex with which a run ends, whatever is still under way; -1 where it ends with the last.</param>
    /// <param name="end">For each run the seconds from its start to its end.</param>
    public void Run(IReadOnlyList<int[]> before, IReadOnlyList<double[]?[]> waits, IReadOnlyList<SlotCall> calls, int output, double[] end)
    {
        Clear(before.Count, calls.Count);
        var order = new SlotOrder(before, calls);
        while (order.Settle(v => EndVertex(before[v], waits[v], calls, v)))
        {
            foreach (var call in order.TakeReady())
            {
                Array.Clear(_ready[call]);
                Gather(before, waits, calls, call);
                order.Add(call, VectorMath.Sum(_ready[call]));
            }

            Start(calls, order.Next());
        }

        Array.Clear(end);
        foreach (var vertex in output < 0 ? _vertexEnd.AsSpan(0, before.Count) : _vertexEnd.AsSpan(output, 1))
        {
            VectorMath.Max(vertex, end);
        }

        var isSame = waits.All(own => Array.TrueForAll(own, wait => wait is null));
        var single = new SlotRun(slots, before, calls, output);
        for (var run = 0; run < runs; run++)
        {
            if (_isOther[run] != 0)
            {
                end[run] = (isSame ? single : new SlotRun(slots, WaitedIn(run), calls, output)).EndOf(run);
            }
        }

        int[][] WaitedIn(int run) => [.. before.Select((own, v) => own.Where((_, i) => waits[v][i] is not { } wait || wait[run] != 0).ToArray())];
    }

    private static double[][] Buffers(int count, int runs) => [.. Enumerable.Range(0, count).Select(_ => new double[runs])];

    private void Clear(int vertices, int calls)
    {
        while (_vertexEnd.Length < vertices)
        {
            _vertexEnd = [.. _vertexEnd, new double[runs]];
        }

        while (_ready.Length < calls)
        {
            (_ready, _end) = ([.. _ready, new double[runs]], [.. _end, new double[runs]]);
        }

        Array.ForEach(_free, place => Array.ForEach(place, Array.Clear));
        Array.ForEach(_latest, Array.Clear);
        Array.ForEach(_vertexEnd, Array.Clear);
        Array.Clear(_isOther);
        Array.Fill(_last, -1);
    }

    private void EndVertex(int[] before, double[]?[] waits, IReadOnlyList<SlotCall> calls, int v)
    {
        for (var i = 0; i < before.Length; i++)
        {
            VectorMath.MaxWhere(waits[i], _vertexEnd[before[i]], _vertexEnd[v]);
        }

        for (var call = 0; call < calls.Count; call++)
        {
            if (calls[call].Vertex == v)
            {
                VectorMath.Max(_end[call], _vertexEnd[v]);
            }
        }
    }

    private void Gather(IReadOnlyList<int[]> before, IReadOnlyList<double[]?[]> waits, IReadOnlyList<SlotCall> calls, int call)
    {
        if (calls[call].After >= 0)
        {
            _end[calls[call].After].CopyTo(_ready[call], 0);
            return;
        }

        var vertex = calls[call].Vertex;
        for (var i = 0; i < before[vertex].Length; i++)
        {
            VectorMath.MaxWhere(waits[vertex][i], _vertexEnd[before[vertex][i]], _ready[call]);
        }
    }

    private void Start(IReadOnlyList<SlotCall> calls, int call)
    {
        var place = calls[call].Place;
        var seconds = Vectors(calls[call].Seconds);
        var ready = Vectors(_ready[call]);
        var end = Vectors(_end[call]);
        if (place < 0)
        {
            for (var i = 0; i < end.Length; i++)
            {
                end[i] = ready[i] + Vector.Max(seconds[i], Vector<double>.Zero);
            }

            return;
        }

        var free = _free[place];
        var latest = Vectors(_latest[place]);
        var isOther = Vectors(_isOther);
        var first = Vectors(free[0]);
        var earlier = call < _last[place];
        _last[place] = Math.Max(_last[place], call);
        for (var i = 0; i < end.Length; i++)
        {
            // One that came before the call that started last should have started before it.
            var isMade = Vector.GreaterThanOrEqual(seconds[i], Vector<double>.Zero);
            var isLate = earlier ? Vector.LessThanOrEqual(ready[i], latest[i]) : Vector.LessThan(ready[i], latest[i]);
            isOther[i] = Vector.ConditionalSelect(isMade & isLate, Vector<double>.One, isOther[i]);
            latest[i] = Vector.ConditionalSelect(isMade, ready[i], latest[i]);
            var ends = Vector.ConditionalSelect(isMade, Vector.Max(ready[i], first[i]) + seconds[i], first[i]);
            end[i] = Vector.ConditionalSelect(isMade, ends, ready[i]);
            first[i] = ends;
        }

        // The slot is free again later than others, maybe.
        for (var slot = 1; slot < free.Length; slot++)
        {
            var earlierFree = Vectors(free[slot - 1]);
            var laterFree = Vectors(free[slot]);
            for (var i = 0; i < end.Length; i++)
            {
                (earlierFree[i], laterFree[i]) = (Vector.Min(earlierFree[i], laterFree[i]), Vector.Max(earlierFree[i], laterFree[i]));
            }
        }
    }

    private static Span<Vector<double>> Vectors(double[] values) => MemoryMarshal.Cast<double, Vector<double>>(values.AsSpan());
}
