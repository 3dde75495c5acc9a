using FlowCompile.Compilation;
using FlowCompile.Graph;
using Google.OrTools.Sat;

namespace FlowCompile.Deployment;

/// <summary>
/// One structure of a workflow as a CP-SAT model over its settings: a boolean for each setting of each active sub-agent, and the
/// independent proxy in integers. Given a setting, the probability of a decision diagram's vertex is linear in those of its two
/// successors, <c>p = a * high + (1 - a) * low</c>, so a constraint for each setting, in force where it is chosen, says it all; expected
/// repair attempts likewise. Nothing is decomposed and no frontier is combined: what this model proves, it proves on its own.
/// </summary>
/// <remarks>
/// Probabilities are counted in 2^20ths and rounded once a vertex of the diagram, latencies in 2^16ths of the largest total, so both are
/// known to <see cref="AccuracyTolerance"/> and <see cref="LatencyTolerance"/>.
/// </remarks>
internal sealed class SettingsModel
{
    private const long One = 1 << 20;
    private const long Times = 1 << 16;
    private const long Weights = 1 << 10;
    private readonly BoundedModel _model = new();
    private readonly Circuit _circuit;
    private readonly ProfileTable _profile;
    private readonly DecisionDiagram _diagram = new();
    private readonly Dictionary<int, List<(CallSettings Settings, SettingProfile[] Rows, BoolVar Variable)>> _choices = [];
    private readonly Dictionary<int, IntVar> _probabilities = [];
    private readonly Sum _accuracy = new();
    private readonly Sum _latency = new();
    private readonly double _largestLatency;
    private readonly long _certain;

    public SettingsModel(ProfileTable profile, WorkflowStructure structure, Schedule schedule, BranchProbabilities branches, DeploymentLimits limits, CallOptions options)
    {
        (_profile, _circuit) = (profile, CircuitBuilder.Build(profile.Graph, structure, branches));
        var active = _circuit.Vertices.Where(vertex => vertex.Kind != VertexKind.Gate).ToList();
        _largestLatency = active.Sum(vertex => vertex.Calls * profile.Of(vertex.Node).Max(row => row.LatencySeconds));
        var models = active.SelectMany(vertex => profile.Of(vertex.Node)).Select(row => row.Setting.Model).Distinct().Order(StringComparer.Ordinal);
        var used = new ModelLimits(_model.Model, limits, models);
        foreach (var (node, calls) in active.Select(vertex => (vertex.Node, vertex.Calls)).Distinct())
        {
            var rows = profile.Of(node).ToDictionary(row => row.Setting);
            _choices.Add(node, [.. options.Of(node, calls).Select(settings => (
                settings, Enumerable.Range(0, calls).Select(call => rows[settings[call]]).ToArray(), _model.Model.NewBoolVar($"{profile.Graph.Nodes[node].Name}={settings}")))]);
            _model.Model.AddExactlyOne(_choices[node].Select(choice => choice.Variable));
            _choices[node].ForEach(choice => used.Require(choice.Variable, [.. choice.Settings.Models]));
        }

        var scenarios = _circuit.Scenarios().Select(one => new Scenario(_circuit, _diagram, one.Outcomes, one.Probability)).ToList();
        var certain = 0L;
        foreach (var scenario in scenarios)
        {
            var weight = (long)Math.Round(scenario.Probability * Weights);
            Add(_accuracy, scenario.Right[_circuit.Output], weight, ref certain);
            _latency.Add(Latency(scenario, schedule), weight);
        }

        _certain = certain;
        AccuracyTolerance = ((double)(_probabilities.Count + 2) / One) + ((double)scenarios.Count / Weights / 2);
        LatencyTolerance = _largestLatency * ((_circuit.Vertices.Count * (4.0 + _probabilities.Count) / Times) + ((double)scenarios.Count / Weights / 2));
        if (scenarios.Count == 1)
        {
            // Its weight is exact.
            AccuracyTolerance -= 0.5 / Weights;
            LatencyTolerance -= _largestLatency * 0.5 / Weights;
        }
    }

    /// <summary>By how much an accuracy in this model can be off.</summary>
    public double AccuracyTolerance { get; }

    /// <summary>By how many seconds a latency in this model can be off.</summary>
    public double LatencyTolerance { get; }

    /// <summary>The model whose optimum is the fastest choice of settings of at least an accuracy.</summary>
    public CpModel Fastest(double accuracy) =>
        _model.Minimize(_latency.Expression, _accuracy.Expression, (long)Math.Ceiling(accuracy * One * Weights) - _certain, long.MaxValue);

    /// <summary>The latency of a solution in seconds.</summary>
    public double LatencyOf(IReadOnlyList<long> solution) =>
        (double)_latency.In(solution) / Weights / Times * _largestLatency;

    /// <summary>The settings of a solution, by node.</summary>
    public CallSettings?[] SettingsOf(IReadOnlyList<long> solution) => [.. _profile.Graph.Nodes.Select((_, node) =>
        _choices.TryGetValue(node, out var choices) ? choices.First(choice => solution[choice.Variable.Index] == 1).Settings : (CallSettings?)null)];

    /// <summary>Adds the probability of a function to a sum: as a variable, or where it is certain as a constant.</summary>
    private void Add(Sum sum, int function, long coefficient, ref long constant)
    {
        if (function == DecisionDiagram.True)
        {
            constant += coefficient * One;
        }
        else if (function != DecisionDiagram.False && coefficient != 0)
        {
            sum.Add(Probability(function), coefficient);
        }
    }

    private IntVar Probability(int function)
    {
        if (!_probabilities.TryGetValue(function, out var variable))
        {
            var (v, low, high) = _diagram[function];
            variable = _model.Model.NewIntVar(0, One, $"p{function}");
            _probabilities.Add(function, variable);
            foreach (var (_, rows, choice) in _choices[_circuit.Vertices[v].Node])
            {
                var right = (long)Math.Round((1 - rows.Aggregate(1.0, (wrong, row) => wrong * (1 - row.Accuracy))) * One);
                var sum = new Sum().Add(variable, One);
                var constant = 0L;
                Add(sum, high, -right, ref constant);
                Add(sum, low, right - One, ref constant);
                _model.Model.AddLinearConstraint(sum.Expression, (-One / 2) - constant, (One / 2) - constant).OnlyEnforceIf(choice);
            }
        }

        return variable;
    }

    /// <summary>A variable that is at least the latency in a scenario, and no more than that in an optimum.</summary>
    private IntVar Latency(Scenario scenario, Schedule schedule)
    {
        var longest = Times * 2 * _circuit.Vertices.Count;
        var all = new Sum();
        var finish = new IntVar[_circuit.Vertices.Count];
        for (var v = 0; v < finish.Length; v++)
        {
            finish[v] = _model.Model.NewIntVar(0, longest, $"finish{v}");
            var duration = scenario.Course.Runs[v] ? Duration(scenario, v, schedule, longest) : new Sum();
            all.Add(duration, -1);
            foreach (var before in scenario.Course.WaitsOf(v))
            {
                AtLeast(new Sum().Add(finish[v], 1).Add(finish[before], -1).Add(duration, -1), 0);
            }

            AtLeast(new Sum().Add(finish[v], 1).Add(duration, -1), 0);
        }

        if (schedule != Schedule.Sequential)
        {
            return finish[_circuit.Output];
        }

        var total = _model.Model.NewIntVar(0, longest, "total");
        AtLeast(new Sum().Add(total, 1).Add(all, 1), 0);
        return total;
    }

    private Sum Duration(Scenario scenario, int v, Schedule schedule, long longest)
    {
        var vertex = _circuit.Vertices[v];
        if (vertex.Kind != VertexKind.Repair)
        {
            return _choices[vertex.Node].Aggregate(
                new Sum(), (sum, choice) => sum.Add(choice.Variable, schedule == Schedule.Sequential ? choice.Rows.Sum(Ticks) : choice.Rows.Max(Ticks)));
        }

        // attempts = (helped - both) * expected + (1 - right - helped + both) * all
        var duration = _model.Model.NewIntVar(0, longest, $"repair{v}");
        var (right, helped) = (scenario.Right[vertex.Target], scenario.Helped[v]);
        var both = _diagram.And(right, helped);
        foreach (var (_, rows, choice) in _choices[vertex.Node])
        {
            var expected = (long)Math.Round(Tried(rows));
            var all = rows.Sum(Ticks);
            var sum = new Sum().Add(duration, One);
            var constant = -all * One;
            Add(sum, helped, all - expected, ref constant);
            Add(sum, both, expected - all, ref constant);
            Add(sum, right, all, ref constant);
            AtLeast(sum, -constant).OnlyEnforceIf(choice);
        }

        return new Sum().Add(duration, 1);
    }

    private Constraint AtLeast(Sum sum, long min) => _model.Model.AddLinearConstraint(sum.Expression, min, long.MaxValue);

    // What is expected of attempts that end with the first success.
    private double Tried(SettingProfile[] rows)
    {
        var (ticks, failed) = (0.0, 1.0);
        foreach (var row in rows)
        {
            ticks += failed * Ticks(row);
            failed *= 1 - row.Accuracy;
        }

        return ticks;
    }

    private long Ticks(SettingProfile row) => _largestLatency > 0 ? (long)Math.Round(row.LatencySeconds / _largestLatency * Times) : 0;
}
