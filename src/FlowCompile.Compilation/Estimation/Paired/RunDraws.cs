namespace FlowCompile.Compilation;

/// <summary>
/// Latencies and costs of runs of one configuration on every case, from recorded calls: where the same calls are made whatever happens, by
/// adding up; where branches and repairs decide, by drawing what happens. Where calls share slots, they wait for one another. Its buffers
/// serve one evaluation at a time.
/// </summary>
internal sealed class RunDraws(RecordedOutcomes recorded, Schedule schedule)
{
    private readonly int _width = OutcomeVectors.Width(recorded.Cases);
    private readonly SlotSchedule _slots = new(
        [.. recorded.Slots.Places.Select(place => place.Calls)], recorded.Draws * OutcomeVectors.Width(recorded.Cases));

    private readonly double[] _chances = [.. Enumerable.Range(0, recorded.Draws)
        .SelectMany(draw => Enumerable.Range(0, OutcomeVectors.Width(recorded.Cases)).Select(c => LatencyDraws.Chance(0, c, draw, recorded.Draws)))];

    private readonly double[] _mixed = new double[recorded.Draws * OutcomeVectors.Width(recorded.Cases)];
    private double[][] _finish = [];
    private double[][] _drawn = [];
    private (int Calls, InputState State)[] _made = []; // a vertex's calls in each draw and case, and what is right in their inputs, where they are drawn
    private int[] _values = [];
    private double[]?[][] _waits = []; // by vertex, for each of what it waits for 1 in the runs in which it does, else 0; null where it always does
    private int[][] _rows = []; // by vertex, what is right in its inputs in each draw and case: a row of its step

    /// <summary>The latency of each draw and case in seconds, draw by draw; valid until the next evaluation.</summary>
    public double[] Latency { get; } = new double[recorded.Draws * OutcomeVectors.Width(recorded.Cases)];

    /// <summary>The mean cost of a run.</summary>
    public double Cost { get; private set; }

    /// <summary>The mean energy of a run in joules; not a number where it was not measured.</summary>
    public double Energy { get; private set; }

    /// <summary>Computes <see cref="Latency"/>, <see cref="Cost"/> and <see cref="Energy"/>.</summary>
    /// <param name="structure">The structure.</param>
    /// <param name="settings">The settings, by node of the graph.</param>
    /// <param name="outcomes">For each step of the structure's program the distributions of its rows.</param>
    /// <param name="inference">What is right, case by case, from the same.</param>
    public void Evaluate(PairedStructure structure, IReadOnlyList<CallSettings?> settings, OutcomeVectors[][] outcomes, InferenceRun inference)
    {
        var network = structure.Network;
        while (_finish.Length < network.Vertices.Count)
        {
            _finish = [.. _finish, new double[Latency.Length]];
        }

        ICallOutcomes?[] calls = [.. network.Vertices.Select(vertex => vertex.HasCalls ? recorded.Of(vertex.Node, settings[vertex.Node]) : null)];
        Cost = network.IsStatic ? network.Vertices.Select((vertex, v) => calls[v] is { } own ? own.CostOf(vertex.Calls) : 0).Sum() : 0;
        Energy = network.IsStatic ? network.Vertices.Select((vertex, v) => calls[v] is { } own ? own.EnergyOf(vertex.Calls) : 0).Sum() : 0;
        if (network.IsStatic)
        {
            DrawRows(structure, calls, inference);
        }
        else
        {
            Draw(structure, calls, outcomes);
        }

        var places = PlacesOf(network, settings);
        if (Array.Exists(places, own => Array.Exists(own, place => place >= 0)))
        {
            var before = network.Before(schedule);
            var always = schedule == Schedule.Superstep || network.IsStatic;
            double[]?[][] waits = always ? [.. before.Select(own => new double[]?[own.Length])] : _waits[..before.Length];
            _slots.Run(before, waits, SlotCalls(structure, calls, places), schedule == Schedule.Superstep ? -1 : network.Output, Latency);
            return;
        }

        Array.Clear(Latency);
        foreach (var finish in _finish)
        {
            Array.Clear(finish);
        }

        for (var v = 0; v < network.Vertices.Count; v++)
        {
            var vertex = network.Vertices[v];
            if (schedule == Schedule.Parallel)
            {
                for (var i = 0; i < vertex.Waits.Length; i++)
                {
                    VectorMath.MaxWhere(network.IsStatic ? null : _waits[v][i], _finish[vertex.Waits[i]], _finish[v]);
                }
            }

            if (calls[v] is { } own)
            {
                Spend(vertex, v, network.IsStatic ? Together(structure, v, own) : _drawn[v]);
            }
        }

        if (schedule == Schedule.Parallel)
        {
            _finish[network.Output].CopyTo(Latency, 0);
        }
        else if (schedule == Schedule.Superstep)
        {
            Array.ForEach(_finish, level => VectorMath.Add(level, Latency));
        }
    }

    /// <summary>How many calls a vertex makes on a case, the mean of its draws, in what was evaluated last.</summary>
    /// <param name="network">The structure's network.</param>
    /// <param name="v">The vertex.</param>
    /// <param name="one">The case.</param>
    public double CallsOf(PairedNetwork network, int v, int one) => MeanOf(network, v, one, calls => calls);

    /// <summary>How probably a vertex makes one of its calls on a case, by its draws, in what was evaluated last.</summary>
    /// <param name="network">The structure's network.</param>
    /// <param name="v">The vertex.</param>
    /// <param name="call">Which of its calls, from 0.</param>
    /// <param name="one">The case.</param>
    public double MakesCall(PairedNetwork network, int v, int call, int one) => MeanOf(network, v, one, calls => calls > call ? 1 : 0);

    private double MeanOf(PairedNetwork network, int v, int one, Func<int, double> of) => network.IsStatic ? of(network.Vertices[v].Calls)
        : Enumerable.Range(0, recorded.Draws).Average(draw => of(_made[(((v * recorded.Draws) + draw) * recorded.Cases) + one].Calls));

    // By vertex and call the place whose slots it waits for; -1 where it need not: one after another, or where there are slots for all.
    private int[][] PlacesOf(PairedNetwork network, IReadOnlyList<CallSettings?> settings)
    {
        var asked = new int[recorded.Slots.Places.Count];
        var places = network.Vertices.Select(PlacesOf).ToArray();
        return [.. places.Select(own => Array.ConvertAll(own, place => place >= 0 && asked[place] > recorded.Slots.Places[place].Calls ? place : -1))];

        int[] PlacesOf(NetworkVertex vertex)
        {
            if (!vertex.HasCalls || schedule == Schedule.Sequential)
            {
                return [.. Enumerable.Repeat(-1, vertex.Calls)];
            }

            var own = settings[vertex.Node]!.Value;
            int[] places = [.. Enumerable.Range(0, vertex.Calls).Select(call => recorded.Slots.PlaceOf(own[call].Model))];

            // Attempts come one after another, each of them alone.
            foreach (var place in vertex.Kind == NetworkKind.Repair ? places.Distinct() : places)
            {
                if (place >= 0)
                {
                    asked[place]++;
                }
            }

            return places;
        }
    }

    // Calls that come together start in the order of their nodes.
    private List<SlotCall> SlotCalls(PairedStructure structure, ICallOutcomes?[] calls, int[][] places)
    {
        var network = structure.Network;
        var all = new List<SlotCall>();
        foreach (var v in Enumerable.Range(0, places.Length).Where(v => calls[v] is not null).OrderBy(v => network.Vertices[v].Node))
        {
            var vertex = network.Vertices[v];
            for (var call = 0; call < vertex.Calls; call++)
            {
                var seconds = network.IsStatic ? OneOf(structure, v, calls[v]!, call) : Made(calls[v]!, v, call);
                all.Add(new SlotCall(v, places[v][call], seconds, vertex.Kind == NetworkKind.Repair && call > 0 ? all.Count - 1 : -1));
            }
        }

        return all;
    }

    private double[] Together(PairedStructure structure, int v, ICallOutcomes own) =>
        Mixed(structure, v, inputs => own.Latencies(structure.Network.Vertices[v].Calls, schedule != Schedule.Sequential, inputs), _mixed);

    private double[] OneOf(PairedStructure structure, int v, ICallOutcomes own, int call) =>
        Mixed(structure, v, inputs => own.Latency(call, inputs), into: null);

    // Of each draw and case the latency with what was drawn to be right in the inputs.
    private double[] Mixed(PairedStructure structure, int v, Func<KnownInputs, double[]> latencies, double[]? into)
    {
        var known = structure.InputsOf(v);
        if (known.Count == 1)
        {
            return latencies(known[0]);
        }

        var (byRow, mixed) = (known.Select(latencies).ToArray(), into ?? new double[Latency.Length]);
        for (var i = 0; i < mixed.Length; i++)
        {
            mixed[i] = byRow[_rows[v][i]][i];
        }

        return mixed;
    }

    // What is wrong is drawn for all vertices by one chance: where things go wrong early they go wrong later too.
    private void DrawRows(PairedStructure structure, ICallOutcomes?[] calls, InferenceRun inference)
    {
        while (_rows.Length < calls.Length)
        {
            _rows = [.. _rows, new int[Latency.Length]];
        }

        for (var v = 0; v < calls.Length; v++)
        {
            if (calls[v] is null || structure.InputsOf(v).Count == 1)
            {
                continue;
            }

            var (s, order) = (structure.StepOf[v], structure.Program.Steps[structure.StepOf[v]].Order);
            for (var i = 0; i < Latency.Length; i++)
            {
                var (c, left, place) = (i % _width, _chances[i], 0);
                for (left -= inference.Row(s, order[0])[c]; left >= 0 && place < order.Length - 1; left -= inference.Row(s, order[place])[c])
                {
                    place++;
                }

                _rows[v][i] = order[place];
            }
        }
    }

    // As many calls as were drawn; the others take less than no time.
    private double[] Made(ICallOutcomes own, int v, int call)
    {
        var seconds = new double[Latency.Length];
        for (var draw = 0; draw < recorded.Draws; draw++)
        {
            for (var c = 0; c < recorded.Cases; c++)
            {
                var (count, state) = _made[(((v * recorded.Draws) + draw) * recorded.Cases) + c];
                seconds[(draw * _width) + c] = call < count ? own.Latency(call, KnownInputs.Of(state))[(draw * _width) + c] : -1;
            }
        }

        return seconds;
    }

    // Under supersteps the buffers are the levels.
    private void Spend(NetworkVertex vertex, int v, double[] seconds)
    {
        switch (schedule)
        {
            case Schedule.Sequential:
                VectorMath.Add(seconds, Latency);
                break;
            case Schedule.Superstep:
                VectorMath.Max(seconds, _finish[vertex.Level - 1]);
                break;
            default:
                VectorMath.Add(seconds, _finish[v]);
                break;
        }
    }

    private void Draw(PairedStructure structure, ICallOutcomes?[] calls, OutcomeVectors[][] outcomes)
    {
        var vertices = structure.Network.Vertices;
        while (_drawn.Length < vertices.Count)
        {
            _drawn = [.. _drawn, new double[Latency.Length]];
        }

        _made = _made.Length >= vertices.Count * recorded.Draws * recorded.Cases ? _made : new (int Calls, InputState State)[vertices.Count * recorded.Draws * recorded.Cases];
        _waits = [.. vertices.Select(vertex => new double[]?[vertex.Waits.Length])];
        _values = _values.Length >= recorded.Cases * vertices.Count ? _values : new int[recorded.Cases * vertices.Count];
        for (var draw = 0; draw < recorded.Draws; draw++)
        {
            for (var v = 0; v < vertices.Count; v++)
            {
                var (vertex, step) = (vertices[v], structure.StepOf[v]);
                for (var c = 0; c < recorded.Cases; c++)
                {
                    var values = _values.AsSpan(c * vertices.Count, vertices.Count);
                    var situation = Situation.Of(vertices, vertex, values);
                    var outcome = -1;
                    if (situation.IsDrawn)
                    {
                        var row = structure.RowOf(step, situation.State);
                        outcome = Choose(outcomes[step][row].Probabilities, c, LatencyDraws.Chance(vertex.Node, c, draw, recorded.Draws));
                    }

                    values[v] = outcome < 0 ? situation.Value : InferenceProgram.ValueOf(vertex, outcome);
                    for (var i = situation.Waited; i < vertex.Waits.Length; i++)
                    {
                        (_waits[v][i] ??= [.. Enumerable.Repeat(1.0, Latency.Length)])[(draw * _width) + c] = 0;
                    }

                    if (calls[v] is { } own)
                    {
                        var count = vertex.Kind != NetworkKind.Repair ? outcome < 0 ? 0 : vertex.Calls
                            : outcome < 0 ? situation.Wasted
                            : outcome == 0 ? vertex.Calls : outcome;
                        _made[(((v * recorded.Draws) + draw) * recorded.Cases) + c] = (count, situation.State);
                        var sideBySide = vertex.Kind == NetworkKind.Call && schedule != Schedule.Sequential;
                        _drawn[v][(draw * _width) + c] = count == 0 ? 0 : own.Latencies(count, sideBySide, KnownInputs.Of(situation.State))[(draw * _width) + c];
                        Cost += own.CostOf(count) / (recorded.Draws * recorded.Cases);
                        Energy += count == 0 ? 0 : own.EnergyOf(count) / (recorded.Draws * recorded.Cases);
                    }
                }
            }
        }
    }

    private static int Choose(double[][] probabilities, int one, double chance)
    {
        for (var outcome = 0; outcome < probabilities.Length - 1; outcome++)
        {
            chance -= probabilities[outcome][one];
            if (chance < 0)
            {
                return outcome;
            }
        }

        return probabilities.Length - 1;
    }
}
