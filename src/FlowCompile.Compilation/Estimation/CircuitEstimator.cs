namespace FlowCompile.Compilation;

/// <summary>
/// Estimates a circuit exactly from what single calls do, under independence: accuracy by a decision diagram over the calls, latency, cost
/// and energy as expectations over the routers' outcomes and the repair attempts. The diagrams are built once, so an estimate is one pass.
/// </summary>
internal sealed class CircuitEstimator
{
    private readonly Circuit _circuit;
    private readonly Schedule _schedule;
    private readonly int[] _levels; // 0 for what is no step
    private readonly DecisionDiagram _diagram = new();
    private readonly List<Scenario> _scenarios = [];

    public CircuitEstimator(Circuit circuit, Schedule schedule)
    {
        _circuit = circuit;
        _schedule = schedule;
        _levels = LevelsOf(circuit);
        foreach (var (outcomes, probability) in circuit.Scenarios())
        {
            _scenarios.Add(Build(outcomes, probability));
        }
    }

    /// <summary>How much work an estimate is: the steps it takes.</summary>
    public int Size => _diagram.Size + (_scenarios.Count * _circuit.Vertices.Count);

    /// <summary>Estimates the circuit.</summary>
    /// <param name="calls">For each vertex what one call does; ignored where a vertex makes none.</param>
    /// <returns>The probability that the output is right, the latency in seconds, the cost and the energy.</returns>
    public CallValues Estimate(ReadOnlySpan<CallValues> calls)
    {
        Span<double> variables = stackalloc double[calls.Length <= 256 ? calls.Length : 0];
        variables = variables.Length == calls.Length ? variables : new double[calls.Length];
        for (var v = 0; v < calls.Length; v++)
        {
            variables[v] = RepairLoopModel.Mended(calls[v].Accuracy, _circuit.Vertices[v].Calls);
        }

        var probabilities = _diagram.Probabilities(variables);
        var finish = new double[calls.Length];
        var (accuracy, latency, cost, energy) = (0.0, 0.0, 0.0, 0.0);
        foreach (var scenario in _scenarios)
        {
            var (seconds, money, joules) = Spend(scenario, calls, probabilities, finish);
            accuracy += scenario.Probability * probabilities[scenario.Right[_circuit.Output]];
            latency += scenario.Probability * seconds;
            cost += scenario.Probability * money;
            energy += scenario.Probability * joules;
        }

        return new CallValues(accuracy, latency, cost, energy);
    }

    private (double Seconds, double Cost, double Energy) Spend(Scenario scenario, ReadOnlySpan<CallValues> calls, double[] probabilities, double[] finish)
    {
        var (sum, cost, energy) = (0.0, 0.0, 0.0);
        Span<double> slowest = stackalloc double[calls.Length < 256 ? calls.Length + 1 : 0];
        slowest = slowest.Length > 0 ? slowest : new double[calls.Length + 1];
        Span<double> loop = stackalloc double[calls.Length < 256 ? calls.Length : 0]; // of an attempt, with those of its loop before it
        loop = loop.Length == calls.Length ? loop : new double[calls.Length];
        for (var v = 0; v < calls.Length; v++)
        {
            var (vertex, start) = (_circuit.Vertices[v], 0.0);
            foreach (var wait in scenario.Course.WaitsOf(v))
            {
                start = Math.Max(start, finish[wait]);
            }

            var count = !scenario.Course.Runs[v] ? 0 : vertex.Kind == VertexKind.Repair ? Attempts(scenario, v, calls[v].Accuracy, probabilities) : vertex.Calls;
            var inRow = vertex.Kind == VertexKind.Repair ? count : Math.Min(count, 1);
            finish[v] = start + (inRow * calls[v].Latency);
            loop[v] = (inRow * calls[v].Latency) + (vertex.IsNextAttempt ? loop[vertex.Target] : 0);
            slowest[_levels[v]] = Math.Max(slowest[_levels[v]], loop[v]);
            sum += count * calls[v].Latency;
            cost += count * calls[v].Cost;
            energy += count > 0 ? count * calls[v].Energy : 0;
        }

        var latency = _schedule switch
        {
            Schedule.Sequential => sum,
            Schedule.Superstep => Sum(slowest),
            _ => finish[_circuit.Output],
        };
        return (latency, cost, energy);
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }

    // A candidate list is no step of its own, and a repair loop is one with all its attempts.
    private static int[] LevelsOf(Circuit circuit)
    {
        var levels = new int[circuit.Vertices.Count];
        for (var v = 0; v < levels.Length; v++)
        {
            var vertex = circuit.Vertices[v];
            levels[v] = vertex.Waits.Select(wait => levels[wait]).DefaultIfEmpty(0).Max() + (vertex.Node >= 0 && !vertex.IsNextAttempt ? 1 : 0);
        }

        return levels;
    }

    // Where another input of the repairer is wrong, no attempt can succeed and all are made.
    private double Attempts(Scenario scenario, int v, double accuracy, double[] probabilities)
    {
        var vertex = _circuit.Vertices[v];
        var helped = probabilities[scenario.Helped[v]];
        var right = probabilities[scenario.Right[vertex.Target]];
        var both = probabilities[scenario.RightAndHelped[v]];
        var hopeless = Math.Max(0, 1 - right - helped + both);
        return ((helped - both) * RepairLoopModel.Attempts(accuracy, vertex.Calls)) + (hopeless * vertex.Calls);
    }

    private Scenario Build(int[] outcomes, double probability)
    {
        var count = _circuit.Vertices.Count;
        var course = new CircuitCourse(_circuit, outcomes);
        var scenario = new Scenario(probability, course, new int[count], new int[count], new int[count]);
        for (var v = 0; v < count; v++)
        {
            var vertex = _circuit.Vertices[v];
            var inputs = vertex.IsAny ? DecisionDiagram.False : DecisionDiagram.True;
            foreach (var input in vertex.Inputs)
            {
                inputs = vertex.IsAny ? _diagram.Or(inputs, scenario.Right[input]) : _diagram.And(inputs, scenario.Right[input]);
            }

            scenario.Helped[v] = inputs;
            scenario.RightAndHelped[v] = vertex.Target < 0 ? DecisionDiagram.False : _diagram.And(inputs, scenario.Right[vertex.Target]);
            var works = course.Runs[v] ? _diagram.And(_diagram.Variable(v), inputs) : inputs;
            scenario.Right[v] = !course.Present[v] ? DecisionDiagram.False
                : course.HandsOn[v] ? scenario.Right[vertex.List]
                : vertex.Target < 0 ? works
                : _diagram.Or(scenario.Right[vertex.Target], works);
        }

        return scenario;
    }

    /// <summary>One combination of the routers' outcomes: what a run does, and the functions in the diagram.</summary>
    private sealed record Scenario(double Probability, CircuitCourse Course, int[] Right, int[] Helped, int[] RightAndHelped);
}
