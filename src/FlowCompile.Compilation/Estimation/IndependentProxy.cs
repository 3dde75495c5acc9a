using System.Collections.Concurrent;
using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>
/// The independent proxy of arXiv 2605.13647: every call is right with its profiled probability where its inputs are, independently of
/// all others. Required inputs must all be right and any right candidate will do; replicas come to <c>1 - (1 - p)^n</c>, a tool passes on
/// what it gets, a repair loop comes to <c>p0 + (1 - p0)(1 - (1 - q)^k)</c>, and branches are weighted by how often they are taken.
/// The published formulas hold on trees only; this proxy is exact on every graph, because a shared upstream is one event.
/// </summary>
public sealed class IndependentProxy : IProxy
{
    private readonly WorkflowGraph _graph;
    private readonly BranchProbabilities _branches;
    private readonly Dictionary<Setting, SettingProfile>[] _rows;
    private readonly ConcurrentDictionary<WorkflowStructure, (Circuit Circuit, CircuitEstimator Estimator)> _circuits = new();

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
        var (circuit, estimator) = _circuits.GetOrAdd(configuration.Structure, Prepare);
        var calls = new CallValues[circuit.Vertices.Count];
        for (var v = 0; v < calls.Length; v++)
        {
            if (circuit.Vertices[v] is { Kind: not VertexKind.Gate, Node: var node })
            {
                calls[v] = RowOf(node, configuration.Settings[node]);
            }
        }

        var estimate = estimator.Estimate(calls);
        return new Estimate { Accuracy = Math.Clamp(estimate.Accuracy, 0, 1), LatencySeconds = estimate.Latency, Cost = estimate.Cost, EnergyJoules = estimate.KnownEnergy };
    }

    private (Circuit Circuit, CircuitEstimator Estimator) Prepare(WorkflowStructure structure)
    {
        var circuit = CircuitBuilder.Build(_graph, structure, _branches);
        return (circuit, new CircuitEstimator(circuit, Schedule));
    }

    private CallValues RowOf(int node, Setting? setting) =>
        setting is not { } one ? throw new CompileException($"The configuration has no setting for '{_graph.Nodes[node].Name}', which runs in its structure.")
        : _rows[node].TryGetValue(one, out var row) ? CallValues.Of(row)
        : throw new CompileException($"'{_graph.Nodes[node].Name}' was not measured under {one}; run 'flowcompile profile' again.");
}
