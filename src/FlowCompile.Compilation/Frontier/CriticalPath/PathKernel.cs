namespace FlowCompile.Compilation;

/// <summary>
/// A kernel all of whose vertices are required: its accuracy is the product of theirs, its latency that of the longest path. In the
/// logarithm accuracies add up, which leaves what is called the time-cost tradeoff of a project. Its vertices are in an order in which few
/// at a time are waited for.
/// </summary>
internal sealed class PathKernel
{
    private readonly int[] _places; // by vertex

    private PathKernel(Circuit circuit, Front?[] rows)
    {
        Vertices = Order(circuit);
        _places = new int[Vertices.Length];
        for (var place = 0; place < Vertices.Length; place++)
        {
            _places[Vertices[place]] = place;
        }

        Inputs = [.. Vertices.Select(vertex => circuit.Vertices[vertex].Waits.Select(input => _places[input]).ToArray())];
        Live = FindLive();
        Unit = LongestOf(rows) is > 0 and var longest ? longest : 1;
        Parts = [.. Vertices.Select(vertex => new PathPart(rows[vertex], Unit))];
    }

    /// <summary>The vertex of the circuit in each place.</summary>
    public int[] Vertices { get; }

    /// <summary>What each place waits for; the output is last.</summary>
    public int[][] Inputs { get; }

    /// <summary>The places that are waited for once a place is done; the place itself is last.</summary>
    public int[][] Live { get; }

    /// <summary>The rows in each place.</summary>
    public PathPart[] Parts { get; }

    /// <summary>The seconds that all takes when everything takes longest: the unit of time.</summary>
    public double Unit { get; }

    /// <summary>The number of vertices.</summary>
    public int Count => Vertices.Length;

    /// <summary>The kernel of a circuit; <see langword="null"/> where not everything in it is required, always.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="rows">For each vertex its rows; <see langword="null"/> for a gate.</param>
    public static PathKernel? TryCreate(Circuit circuit, Front?[] rows) => circuit.Vertices.All(vertex =>
        vertex is { Target: < 0, Condition: null, List: < 0 } && !(vertex.IsAny && vertex.Inputs.Length > 1))
            ? new PathKernel(circuit, rows)
            : null;

    /// <summary>The units of time that a choice of rows takes.</summary>
    /// <param name="choice">The row in each place.</param>
    public double SecondsOf(int[] choice)
    {
        var finish = new double[Count];
        for (var place = 0; place < Count; place++)
        {
            var start = 0.0;
            foreach (var input in Inputs[place])
            {
                start = Math.Max(start, finish[input]);
            }

            finish[place] = start + Parts[place].Seconds[choice[place]];
        }

        return finish[^1];
    }

    /// <summary>The logarithm of the accuracy of a choice of rows.</summary>
    /// <param name="choice">The row in each place.</param>
    public double ValueOf(int[] choice)
    {
        var value = 0.0;
        for (var place = 0; place < Count; place++)
        {
            value += Parts[place].Values[choice[place]];
        }

        return value;
    }

    /// <summary>A choice of rows by vertex of the circuit.</summary>
    /// <param name="choice">The row in each place.</param>
    public int[] ByVertex(int[] choice) => [.. _places.Select(place => choice[place])];

    private double LongestOf(Front?[] rows)
    {
        var finish = new double[Count];
        for (var place = 0; place < Count; place++)
        {
            finish[place] = Inputs[place].Select(input => finish[input]).DefaultIfEmpty(0).Max() + (rows[Vertices[place]]?.Points[^1].Primary ?? 0);
        }

        return finish[^1];
    }

    // Of what could come next, that after which the fewest are waited for.
    private static int[] Order(Circuit circuit)
    {
        var waiting = new int[circuit.Vertices.Count];
        foreach (var input in circuit.Vertices.SelectMany(vertex => vertex.Waits))
        {
            waiting[input]++;
        }

        var order = new List<int>();
        var done = new bool[waiting.Length];
        while (order.Count < waiting.Length)
        {
            var (best, least) = (-1, int.MaxValue);
            for (var vertex = 0; vertex < waiting.Length; vertex++)
            {
                if (!done[vertex] && Array.TrueForAll(circuit.Vertices[vertex].Waits, input => done[input]))
                {
                    var freed = circuit.Vertices[vertex].Waits.Count(input => waiting[input] == 1);
                    (best, least) = -freed < least ? (vertex, -freed) : (best, least);
                }
            }

            order.Add(best);
            done[best] = true;
            foreach (var input in circuit.Vertices[best].Waits)
            {
                waiting[input]--;
            }
        }

        return [.. order];
    }

    private int[][] FindLive()
    {
        var last = new int[Count];
        for (var place = 0; place < Count; place++)
        {
            last[place] = place;
            foreach (var input in Inputs[place])
            {
                last[input] = place;
            }
        }

        return [.. Enumerable.Range(0, Count).Select(place => Enumerable.Range(0, place + 1).Where(one => one == place || last[one] > place).ToArray())];
    }
}
