namespace FlowCompile.Compilation;

/// <summary>
/// What the configurations below a branch of a <see cref="ChoiceTree"/> spend at least: the calls chosen so far, and of the others on every
/// case the fastest, and the cheapest. Calls that are made only where chance has it count as none, and so do those that a run may end before. Calls that share slots take together at
/// least their sum over the slots.
/// </summary>
internal sealed class SpendBound
{
    private readonly PairedStructure _structure;
    private readonly PairedNetwork _network;
    private readonly IReadOnlyList<ChoiceLevel> _levels;
    private readonly Schedule _schedule;
    private readonly RecordedOutcomes _recorded;
    private readonly int[][] _waits; // by vertex, what it waits for whatever happens
    private readonly bool[] _isCertain; // by vertex
    private readonly bool[] _isWaitedFor; // by vertex, whether no run ends before it
    private readonly Dictionary<(int Level, int Setting, int Place), double[]> _busy = [];
    private readonly double[]?[] _fastest; // by vertex
    private readonly double[]?[] _chosen; // by vertex
    private readonly double[][] _finish; // by vertex; under supersteps by level
    private readonly double[][] _leastFinish; // by vertex, where nothing is chosen
    private readonly double[] _sum;
    private readonly double[] _longest;
    private readonly double[][][] _busySpent; // by level and place, what is chosen from it on over the slots
    private readonly double[][][] _busyLeast; // by level and place, the least of what comes before it over the slots
    private readonly CallValues[][] _own; // by level and setting, with the mean latency
    private readonly CallValues[] _spent; // by level, what is chosen from it on
    private readonly CallValues[] _least; // by level, the least of what comes before it

    /// <summary>Prepares the bound.</summary>
    /// <param name="structure">The structure.</param>
    /// <param name="levels">The levels of the tree.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="recorded">What was recorded.</param>
    public SpendBound(PairedStructure structure, IReadOnlyList<ChoiceLevel> levels, Schedule schedule, RecordedOutcomes recorded)
    {
        var network = structure.Network;
        var vertices = network.Vertices;
        (_structure, _network, _levels, _schedule, _recorded) = (structure, network, levels, schedule, recorded);
        var isThere = FindThere(network);
        _waits = [.. vertices.Select((vertex, v) => SurelyWaited(network, v, isThere))];
        _isCertain = [.. vertices.Select((vertex, v) => isThere[v] && vertex.Kind == NetworkKind.Call)];
        _isWaitedFor = FindWaitedFor(network.Output);
        _fastest = new double[vertices.Count][];
        _sum = new double[recorded.Draws * OutcomeVectors.Width(recorded.Cases)];
        _longest = new double[_sum.Length];
        _finish = [.. vertices.Select(_ => new double[_sum.Length])];
        foreach (var level in levels.Where(level => _isCertain[level.Vertex]))
        {
            _fastest[level.Vertex] = level.Calls.Select(calls => LatenciesOf(level.Vertex, calls!)).Aggregate((a, b) => [.. a.Zip(b, Math.Min)]);
        }

        _chosen = [.. _fastest];
        _own = [.. levels.Select(level => level.Calls.Select(calls => OwnOf(level.Vertex, calls)).ToArray())];
        _spent = new CallValues[levels.Count + 1];
        _least = new CallValues[levels.Count + 1];
        for (var level = 0; level < levels.Count; level++)
        {
            _least[level + 1] = Plus(_least[level], new CallValues(
                0, _own[level].Min(own => own.Latency), _own[level].Min(own => own.Cost), _own[level].Min(own => own.Energy)));
        }

        (_busySpent, _busyLeast) = (Busy(), Busy());
        for (var level = 0; level < levels.Count; level++)
        {
            KeepBusy(level);
        }

        _leastFinish = _finish;
        Walk(0);
        _leastFinish = [.. _finish.Select(finish => (double[])finish.Clone())];
        Root = ValuesAt(levels.Count);
    }

    /// <summary>The least that any configuration of the structure spends. Its accuracy means nothing.</summary>
    public CallValues Root { get; }

    /// <summary>The work of a choice at a level, in operations.</summary>
    public long WorkOf(int level) => _schedule switch
    {
        Schedule.Sequential => 1,
        Schedule.Parallel => (long)(_finish.Length - _levels[level].Vertex + _busySpent[level].Length) * _sum.Length,
        _ => (long)(_finish.Length + _busySpent[level].Length) * _sum.Length,
    };

    /// <summary>Chooses a setting, given those of the levels after.</summary>
    /// <param name="level">The level.</param>
    /// <param name="setting">The setting, by its place.</param>
    /// <returns>The least that any configuration with the settings chosen so far spends. Its accuracy means nothing.</returns>
    public CallValues Choose(int level, int setting)
    {
        var vertex = _levels[level].Vertex;
        _spent[level] = Plus(_spent[level + 1], _own[level][setting]);
        if (_isCertain[vertex])
        {
            _chosen[vertex] = LatenciesOf(vertex, _levels[level].Calls[setting]!);
        }

        if (_busySpent[level].Length > 0)
        {
            Array.ForEach(_busySpent[level], busy => Array.Clear(busy));
            AddBusy(_busySpent[level + 1], _busySpent[level]);
            foreach (var place in PlacesOf(level, setting).Distinct())
            {
                VectorMath.Add(BusyOf(level, setting, place), _busySpent[level][place]);
            }
        }

        Walk(vertex);
        return ValuesAt(level);
    }

    /// <summary>Forgets what is chosen at a level.</summary>
    public void Leave(int level) => _chosen[_levels[level].Vertex] = _fastest[_levels[level].Vertex];

    private CallValues ValuesAt(int level)
    {
        var values = Plus(_spent[level], _least[level]);
        return _schedule == Schedule.Sequential
            ? values
            : values with { Latency = Mean(Longest(level, _schedule == Schedule.Parallel ? _finish[_network.Output] : _sum)) };
    }

    private double[] Longest(int level, double[] path)
    {
        if (_busySpent[level].Length == 0)
        {
            return path;
        }

        path.CopyTo(_longest, 0);
        for (var place = 0; place < _busySpent[level].Length; place++)
        {
            VectorMath.MaxOfSum(_busySpent[level][place], _busyLeast[level][place], _longest);
        }

        return _longest;
    }

    // Where the setting decides on the place, a call may be anywhere: only what all settings have there counts.
    private void KeepBusy(int level)
    {
        AddBusy(_busyLeast[level], _busyLeast[level + 1]);
        if (_busyLeast[level].Length == 0)
        {
            return;
        }

        var settings = Enumerable.Range(0, _levels[level].Settings.Length);
        foreach (var place in settings.Select(setting => PlacesOf(level, setting)).Aggregate((a, b) => [.. a.Intersect(b)]).Distinct())
        {
            VectorMath.Add(settings.Select(setting => BusyOf(level, setting, place)).Aggregate((a, b) => [.. a.Zip(b, Math.Min)]), _busyLeast[level + 1][place]);
        }
    }

    // By call the place whose slots it takes; a single one where all calls have one setting, none where it need not be made or nothing limits it.
    private int[] PlacesOf(int level, int setting) => !_isCertain[_levels[level].Vertex] || (_schedule == Schedule.Parallel && !_isWaitedFor[_levels[level].Vertex]) || _levels[level].Settings[setting] is not { } own ? []
        : [.. Enumerable.Range(0, own.Count).Select(call => _recorded.Slots.PlaceOf(own[call].Model)).Where(place => place >= 0)];

    private double[] BusyOf(int level, int setting, int place)
    {
        if (!_busy.TryGetValue((level, setting, place), out var busy))
        {
            var (vertex, calls, own) = (_levels[level].Vertex, _levels[level].Calls[setting]!, _levels[level].Settings[setting]!.Value);
            var seconds = own.IsUniform
                ? LatenciesOf(vertex, calls, sideBySide: false)
                : Enumerable.Range(0, own.Count).Where(call => _recorded.Slots.PlaceOf(own[call].Model) == place).Select(call => LatencyOf(vertex, calls, call))
                    .Aggregate((a, b) => [.. a.Zip(b, (one, other) => one + other)]);
            busy = [.. seconds.Select(one => one / _recorded.Slots.Places[place].Calls)];
            _busy.Add((level, setting, place), busy);
        }

        return busy;
    }

    private double[][][] Busy() => [.. Enumerable.Range(0, _levels.Count + 1).Select(_ =>
        Enumerable.Range(0, _schedule == Schedule.Sequential ? 0 : _recorded.Slots.Places.Count).Select(_ => new double[_sum.Length]).ToArray())];

    private static void AddBusy(double[][] from, double[][] to)
    {
        for (var place = 0; place < from.Length; place++)
        {
            VectorMath.Add(from[place], to[place]);
        }
    }

    // Before the vertex nothing is chosen.
    private void Walk(int from)
    {
        switch (_schedule)
        {
            case Schedule.Parallel:
                for (var v = from; v < _finish.Length; v++)
                {
                    Array.Clear(_finish[v]);
                    foreach (var wait in _waits[v])
                    {
                        VectorMath.Max(wait < from ? _leastFinish[wait] : _finish[wait], _finish[v]);
                    }

                    if (_chosen[v] is { } own)
                    {
                        VectorMath.Add(own, _finish[v]);
                    }
                }

                break;
            case Schedule.Superstep:
                Array.ForEach(_finish, level => Array.Clear(level));
                Array.Clear(_sum);
                for (var v = 0; v < _finish.Length; v++)
                {
                    if (_chosen[v] is { } own)
                    {
                        VectorMath.Max(own, _finish[_network.Vertices[v].Level - 1]);
                    }
                }

                Array.ForEach(_finish, level => VectorMath.Add(level, _sum));
                break;
        }
    }

    private double[] LatenciesOf(int vertex, ICallOutcomes calls) => LatenciesOf(vertex, calls, _schedule != Schedule.Sequential);

    // What will be right in the inputs is not known before all is chosen: the least counts.
    private double[] LatenciesOf(int vertex, ICallOutcomes calls, bool sideBySide) => _structure.InputsOf(vertex)
        .Select(inputs => calls.Latencies(_network.Vertices[vertex].Calls, sideBySide, inputs)).Aggregate((a, b) => [.. a.Zip(b, Math.Min)]);

    private double[] LatencyOf(int vertex, ICallOutcomes calls, int call) => _structure.InputsOf(vertex)
        .Select(inputs => calls.Latency(call, inputs)).Aggregate((a, b) => [.. a.Zip(b, Math.Min)]);

    private CallValues OwnOf(int vertex, ICallOutcomes? calls) => _isCertain[vertex]
        ? new CallValues(0, Mean(LatenciesOf(vertex, calls!)), calls!.CostOf(_network.Vertices[vertex].Calls), calls.EnergyOf(_network.Vertices[vertex].Calls))
        : default;

    private double Mean(double[] latencies) => VectorMath.Sum(latencies) / (_recorded.Draws * _recorded.Cases);

    private static CallValues Plus(in CallValues a, in CallValues b) => new(0, a.Latency + b.Latency, a.Cost + b.Cost, a.Energy + b.Energy);

    // Which vertices have an output whatever happens, of sub-agents by their calls; a count that does not fail is there, with candidates or without.
    private static bool[] FindThere(PairedNetwork network)
    {
        var vertices = network.Vertices;
        var isThere = new bool[vertices.Count];
        var mayFail = new bool[vertices.Count];
        var candidates = new int[vertices.Count];
        for (var v = 0; v < vertices.Count; v++)
        {
            var vertex = vertices[v];
            var (before, added) = vertex.Sum;
            candidates[v] = added < 0 ? 0 : (before < 0 ? 0 : candidates[before]) + (isThere[added] ? vertices[added].Outputs : 0);
            var hasCandidates = vertex.List < 0 || candidates[vertex.List] >= Math.Max(1, vertex.MinBranches);
            mayFail[v] = !network.IsStatic && ((!hasCandidates && vertex.MinBranches > 2) || Array.Exists(vertex.Waits, wait => mayFail[wait]));
            isThere[v] = network.IsStatic || (vertex.Kind == NetworkKind.Count ? !mayFail[v]
                : vertex.Router < 0 && hasCandidates && Array.TrueForAll(vertex.Waits, wait => isThere[wait]));
        }

        return isThere;
    }

    // Up to the first after which it may wait no longer. Of a candidate that may not be there a count goes on to the next, unless it may have failed.
    private static int[] SurelyWaited(PairedNetwork network, int v, bool[] isThere)
    {
        var vertex = network.Vertices[v];
        var last = vertex.Kind == NetworkKind.Count && isThere[v] ? -1 : Array.FindIndex(vertex.Waits, wait => !isThere[wait] || wait == vertex.Router);
        return last < 0 ? vertex.Waits : vertex.Waits[..(last + 1)];
    }

    private bool[] FindWaitedFor(int output)
    {
        var isWaitedFor = new bool[_waits.Length];
        isWaitedFor[output] = true;
        for (var v = output; v >= 0; v--)
        {
            foreach (var wait in isWaitedFor[v] ? _waits[v] : [])
            {
                isWaitedFor[wait] = true;
            }
        }

        return isWaitedFor;
    }
}
