namespace FlowCompile.Compilation;

/// <summary>
/// Exact inference in a network, worked out once for all settings and cases: vertex by vertex it keeps the joint distribution of the values
/// that something later depends on. What remains to be done is multiplications of vectors over the cases.
/// </summary>
internal sealed class InferenceProgram
{
    private const int MaxStates = 1 << 14;
    private readonly PairedNetwork _network;
    private readonly int[] _lastUse;
    private readonly List<InferenceStep> _steps = [];
    private readonly List<int> _live = [];
    private List<int[]> _states = [[]];

    private InferenceProgram(PairedNetwork network)
    {
        _network = network;
        _lastUse = new int[network.Vertices.Count];
        for (var v = 0; v < _lastUse.Length; v++)
        {
            foreach (var parent in network.Vertices[v].Waits)
            {
                _lastUse[parent] = v;
            }
        }

        _lastUse[network.Output] = _lastUse.Length;
    }

    /// <summary>The steps, one for each vertex that calls are made at.</summary>
    public IReadOnlyList<InferenceStep> Steps => _steps;

    /// <summary>Whether every call is made whatever happens, so that the probabilities of a step's rows add up to 1.</summary>
    public bool IsStatic => _network.IsStatic;

    /// <summary>The states at the end in which the output is right.</summary>
    public IReadOnlyList<int> RightStates { get; private set; } = [];

    /// <summary>The most states at once.</summary>
    public int StateCount { get; private set; } = 1;

    /// <summary>Works out the inference in a network.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="CompileException">Too many values depend on one another.</exception>
    public static InferenceProgram Create(PairedNetwork network)
    {
        var program = new InferenceProgram(network);
        for (var v = 0; v < network.Vertices.Count; v++)
        {
            program.Add(v);
        }

        var output = program._live.IndexOf(network.Output);
        program.RightStates = [.. Enumerable.Range(0, program._states.Count)
            .Where(s => program._states[s][output] is > 0 and var value && Situation.RightOf(network.Vertices[network.Output], value) > 0)];
        return program;
    }

    private void Add(int v)
    {
        var vertex = _network.Vertices[v];
        var values = new int[_network.Vertices.Count];
        var situations = new Situation[_states.Count];
        for (var s = 0; s < situations.Length; s++)
        {
            for (var i = 0; i < _live.Count; i++)
            {
                values[_live[i]] = _states[s][i];
            }

            situations[s] = Situation.Of(_network.Vertices, vertex, values);
        }

        // The vertex joins the state, and what nothing later depends on leaves it.
        int[] kept = [.. Enumerable.Range(0, _live.Count).Where(i => _lastUse[_live[i]] > v)];
        var isKept = _lastUse[v] > v;
        var next = new States();
        var rows = new List<InputState>();
        var operations = new List<InferenceOperation>();
        var carried = new List<(int From, int To)>();
        for (var s = 0; s < situations.Length; s++)
        {
            if (!situations[s].IsDrawn)
            {
                carried.Add((s, next.Of(Key(_states[s], kept, isKept, situations[s].Value))));
                continue;
            }

            var row = rows.IndexOf(situations[s].State);
            if (row < 0)
            {
                row = rows.Count;
                rows.Add(situations[s].State);
            }

            for (var outcome = 0; outcome < OutcomesOf(vertex); outcome++)
            {
                operations.Add(new InferenceOperation(s, row, outcome, next.Of(Key(_states[s], kept, isKept, ValueOf(vertex, outcome)))));
            }
        }

        _states = next.All;
        _live.RemoveAll(live => _lastUse[live] <= v);
        if (isKept)
        {
            _live.Add(v);
        }

        Keep(new InferenceStep(v, rows, [.. operations], [.. carried], _states.Count));
    }

    /// <summary>How many outcomes the calls of a vertex have.</summary>
    public static int OutcomesOf(NetworkVertex vertex) => vertex.Branches is { } branches ? 2 * branches.Count : vertex.Calls + 1;

    /// <summary>The value that an outcome gives a vertex.</summary>
    public static int ValueOf(NetworkVertex vertex, int outcome) => vertex.Kind == NetworkKind.Repair ? Math.Min(outcome, 1) : outcome;

    private static int[] Key(int[] state, int[] kept, bool isKept, int value) =>
        isKept ? [.. kept.Select(i => state[i]), value] : [.. kept.Select(i => state[i])];

    // A vertex without calls only renames states, so it is part of the step before it.
    private void Keep(InferenceStep step)
    {
        if (step.States > MaxStates)
        {
            throw new CompileException(
                "The graph is too entangled for the paired proxy: too many nodes share their upstreams with one another; let nodes share fewer upstreams, or choose the independent proxy.");
        }

        StateCount = Math.Max(StateCount, step.States);
        if (step.Operations.Length > 0)
        {
            _steps.Add(Sorted(step));
        }
        else if (_steps.Count > 0)
        {
            var to = new int[step.Carried.Length];
            foreach (var (from, state) in step.Carried)
            {
                to[from] = state;
            }

            var last = _steps[^1];
            _steps[^1] = Sorted(last with
            {
                Operations = [.. last.Operations.Select(operation => operation with { To = to[operation.To] })],
                Carried = [.. last.Carried.Select(pair => (pair.From, to[pair.To]))],
                States = step.States,
            });
        }
    }

    private static InferenceStep Sorted(InferenceStep step) => step with
    {
        Operations = [.. step.Operations.OrderBy(operation => operation.To).ThenBy(operation => operation.From)],
    };

    /// <summary>The states after a step, each once.</summary>
    private sealed class States
    {
        private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

        public List<int[]> All { get; } = [];

        public int Of(int[] state)
        {
            var key = string.Join(',', state);
            if (!_places.TryGetValue(key, out var place))
            {
                place = All.Count;
                _places.Add(key, place);
                All.Add(state);
            }

            return place;
        }
    }
}
