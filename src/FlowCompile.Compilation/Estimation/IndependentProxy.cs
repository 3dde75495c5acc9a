using System.Collections.Concurrent;
using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>
/// The independent proxy of arXiv 2605.13647: every call is right with its profiled probability where its inputs are, independently of
/// all others. Required inputs must all be right and any right candidate will do; replicas come to <c>1 - (1 - p)^n</c>, under different
/// settings to <c>1 - (1 - p1)(1 - p2)...</c>, a tool passes on what it gets, a repair loop comes to <c>p0 + (1 - p0)(1 - (1 - q)^k)</c>, under different
/// settings to <c>p0 + (1 - p0)(1 - (1 - q1)(1 - q2)...)</c>, and branches are weighted by how often they are taken.
/// The published formulas hold on trees only; this proxy is exact on every graph, because a shared upstream is one event.
/// </summary>
public sealed class IndependentProxy : IProxy
{
    private readonly WorkflowGraph _graph;
    private readonly BranchProbabilities _branches;
    private readonly Dictionary<Setting, SettingProfile>[] _rows;
    private readonly ConcurrentDictionary<(WorkflowStructure Structure, bool IsMixed), (Circuit Circuit, CircuitEstimator Estimator)> _circuits = new();

    /// <summary>Creates the proxy.</summary>
    /// <param name="profile">The profile of the sub-agents.</param>
    /// <param name="schedule">The schedule that latencies are estimated under.</param>
    /// <param name="branches">How often each branch is taken (default: as often as was recorded, and equally often where nothing was).</param>
    public IndependentProxy(ProfileTable profile, Schedule schedule, BranchProbabilities? branches = null)
    {
        ArgumentNullException.ThrowIfNull(profile);
        _graph = profile.Graph;
        _branches = branches ?? profile.Branches;
        Schedule = schedule;
        _rows = [.. _graph.Nodes.Select((_, node) => profile.Of(node).ToDictionary(row => row.Setting))];
    }

    /// <inheritdoc/>
    public string Name => "independent";

    /// <inheritdoc/>
    public Schedule Schedule { get; }

    /// <inheritdoc/>
    public Estimate Estimate(WorkflowConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var isMixed = configuration.Settings.Any(settings => settings is { IsUniform: false });
        var (circuit, estimator) = _circuits.GetOrAdd((configuration.Structure, isMixed), key => Prepare(key.Structure, key.IsMixed));
        var calls = new CallValues[circuit.Vertices.Count];
        var attempt = 0;
        for (var v = 0; v < calls.Length; v++)
        {
            attempt = circuit.Vertices[v].IsNextAttempt ? attempt + 1 : 0;
            if (circuit.Vertices[v] is { Kind: not VertexKind.Gate, Node: var node, Kind: var kind })
            {
                var settings = configuration.Settings[node]
                    ?? throw new CompileException($"The configuration has no setting for '{_graph.Nodes[node].Name}', which runs in its structure.");
                calls[v] = !isMixed || kind == VertexKind.Repair ? RowOf(node, settings[attempt]) : Together(node, settings, configuration.Structure.Counts[node]);
            }
        }

        var estimate = estimator.Estimate(calls);
        return new Estimate { Accuracy = Math.Clamp(estimate.Accuracy, 0, 1), LatencySeconds = estimate.Latency, Cost = estimate.Cost, EnergyJoules = estimate.KnownEnergy };
    }

    // Where calls differ, attempts are vertices of their own, and replicas one call that does what they do together.
    private (Circuit Circuit, CircuitEstimator Estimator) Prepare(WorkflowStructure structure, bool isMixed)
    {
        var circuit = CircuitBuilder.Build(_graph, structure, _branches);
        if (isMixed)
        {
            circuit = circuit.Unroll(_ => true).Circuit;
            circuit = circuit with { Vertices = [.. circuit.Vertices.Select(vertex => vertex with { Calls = 1 })] };
        }

        return (circuit, new CircuitEstimator(circuit, Schedule));
    }

    private CallValues Together(int node, CallSettings settings, int count)
    {
        var calls = Enumerable.Range(0, count).Select(call => RowOf(node, settings[call])).ToList();
        return new CallValues(
            1 - calls.Aggregate(1.0, (wrong, call) => wrong * (1 - call.Accuracy)),
            Schedule == Schedule.Sequential ? calls.Sum(call => call.Latency) : calls.Max(call => call.Latency),
            calls.Sum(call => call.Cost),
            calls.Sum(call => call.Energy));
    }

    private CallValues RowOf(int node, Setting setting) => _rows[node].TryGetValue(setting, out var row)
        ? CallValues.Of(row)
        : throw new CompileException($"'{_graph.Nodes[node].Name}' was not measured under {setting}; run 'flowcompile profile' again.");
}
