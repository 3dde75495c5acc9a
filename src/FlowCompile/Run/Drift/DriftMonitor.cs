using System.Collections.Concurrent;
using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile;

/// <summary>
/// Compares live calls with what the plan has of their cells (<see cref="WorkflowPlan.Cells"/>), and says which cells no longer hold: whose calls
/// take longer, generate more tokens, or, where answers are scored, are right less often than planned. Runs tell it of their calls where it is their
/// <see cref="WorkflowRuntime.Drift"/>.
/// </summary>
/// <remarks>
/// <para>Each measure of a cell is a sequential test that may be looked at after every call, whatever the distribution; how rare false alarms are
/// is <see cref="DriftOptions.CallsPerFalseAlarm"/>. A cell holds as long as its mean is within the tolerances, beside three standard errors of the
/// profile's own mean where the plan says how many calls that is of.</para>
/// <para>What drifted once stays so until a plan takes over that has another cell in its place: one that <see cref="Watch"/> is given, or one of
/// the runtime's <see cref="WorkflowRuntime.Plans"/>.</para>
/// </remarks>
public sealed class DriftMonitor
{
    private readonly object _lock = new();
    private readonly Dictionary<string, IReadOnlyList<PlanCell>> _first = new(StringComparer.Ordinal); // by workflow, those of the plans given at first
    private readonly ConcurrentDictionary<string, WorkflowPlan> _followed = new(StringComparer.Ordinal);
    private readonly List<(CellWatch Cell, CellDrift Drift)> _drifted = [];
    private readonly DriftOptions _options;
    private volatile Dictionary<(string Workflow, string Node, Setting Setting), CellWatch> _cells = [];

    /// <summary>Creates a monitor of one plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">What counts as drift; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">The plan has a cell twice.</exception>
    public DriftMonitor(WorkflowPlan plan, DriftOptions? options = null)
        : this([plan ?? throw new ArgumentNullException(nameof(plan))], options)
    {
    }

    /// <summary>Creates a monitor of several plans.</summary>
    /// <param name="plans">The plans, each of another workflow.</param>
    /// <param name="options">What counts as drift; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">A cell is there twice.</exception>
    public DriftMonitor(IEnumerable<WorkflowPlan> plans, DriftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(plans);
        _options = options ?? DriftOptions.Default;
        foreach (var cells in plans.GroupBy(plan => plan.Workflow, plan => plan.Cells, StringComparer.Ordinal))
        {
            _first[cells.Key] = Checked(cells.Key, [.. cells.SelectMany(cell => cell)], nameof(plans));
            Replace(cells.Key, _first[cells.Key]);
        }
    }

    /// <summary>What no longer holds, in the order it was found.</summary>
    public IReadOnlyList<CellDrift> Drifted
    {
        get
        {
            lock (_lock)
            {
                return [.. _drifted.Select(one => one.Drift)];
            }
        }
    }

    /// <summary>Compares calls with a plan from now on, in place of the plan of its workflow before.</summary>
    /// <param name="plan">The plan. A cell that is in it as it was keeps what its calls have shown, and its drift; any other begins anew.</param>
    /// <exception cref="ArgumentException">The plan has a cell twice.</exception>
    public void Watch(WorkflowPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var cells = Checked(plan.Workflow, plan.Cells, nameof(plan));
        lock (_lock)
        {
            Replace(plan.Workflow, cells);
        }
    }

    /// <summary>Watches the plan that is in force for a workflow in place of its compiled one; where there is none any more, what was given at first.</summary>
    /// <param name="graph">The workflow's graph.</param>
    /// <param name="find">Finds the plan.</param>
    /// <returns>The plan found.</returns>
    internal WorkflowPlan? Follow(WorkflowGraph graph, Func<WorkflowGraph, WorkflowPlan?> find)
    {
        var found = find(graph);
        if (_followed.GetValueOrDefault(graph.Name) == found)
        {
            return found;
        }

        lock (_lock)
        {
            // Asked again: of two runs, the one that asked first must not bring its plan back.
            found = find(graph);
            if (found is null)
            {
                _followed.TryRemove(graph.Name, out _);
                Replace(graph.Name, _first.GetValueOrDefault(graph.Name) ?? []);
            }
            else if (found.GraphHash == graph.Hash)
            {
                _followed[graph.Name] = found;
                Replace(graph.Name, found.Cells);
            }

            return found;
        }
    }

    /// <summary>A call of a sub-agent ended.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="node">The sub-agent's name.</param>
    /// <param name="setting">The setting in force.</param>
    /// <param name="latency">How long the call took.</param>
    /// <param name="tokens">How many tokens it generated, thinking included.</param>
    /// <returns>What was found to drift with this call; mostly nothing. A cell that the plans do not have never drifts.</returns>
    public IReadOnlyList<CellDrift> Observe(string workflow, string node, Setting setting, TimeSpan latency, long tokens) =>
        Observe(workflow, node, setting, latency, tokens, onError: null);

    /// <summary>The same for a run, which what <see cref="DriftOptions.OnDrift"/> throws must not end.</summary>
    internal IReadOnlyList<CellDrift> Observe(
        string workflow, string node, Setting setting, TimeSpan latency, long tokens, Action<CellDrift, Exception>? onError) =>
        _cells.TryGetValue((workflow, node, setting), out var cell) ? Found(cell, cell.Add(latency, tokens), onError) : [];

    /// <summary>An answer of a sub-agent was scored; who has something to compare it with says so.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="node">The sub-agent's name.</param>
    /// <param name="setting">The setting that was in force.</param>
    /// <param name="score">The score, 0 to 1.</param>
    /// <returns>The drift, where it is found with this answer.</returns>
    /// <remarks>The planned accuracy of a sub-agent that reads others is that over the inputs of the profile, right and wrong ones.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The score is not from 0 to 1.</exception>
    public CellDrift? ObserveScore(string workflow, string node, Setting setting, double score)
    {
        if (score is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(score), score, "A score is from 0 to 1.");
        }

        return _cells.TryGetValue((workflow, node, setting), out var cell) && cell.AddScore(score) is { } drift && Found(cell, [drift]).Count > 0 ? drift : null;
    }

    private IReadOnlyList<CellDrift> Found(CellWatch cell, IReadOnlyList<CellDrift> found, Action<CellDrift, Exception>? onError = null)
    {
        if (found.Count == 0)
        {
            return found;
        }

        lock (_lock)
        {
            if (!_cells.ContainsValue(cell))
            {
                return []; // another plan has taken over since
            }

            _drifted.AddRange(found.Select(drift => (cell, drift)));
        }

        foreach (var drift in found)
        {
            RunTelemetry.Count(drift);
            try
            {
                _options.OnDrift?.Invoke(drift);
            }
            catch (Exception e) when (onError is not null)
            {
                onError(drift, e);
            }
        }

        return found;
    }

    /// <summary>Puts cells in the place of those of a workflow.</summary>
    private void Replace(string workflow, IReadOnlyList<PlanCell> cells)
    {
        var all = _cells.Where(one => one.Key.Workflow != workflow).ToDictionary(one => one.Key, one => one.Value);
        foreach (var cell in cells)
        {
            var key = (workflow, cell.Node, cell.Setting);
            all.TryAdd(key, _cells.TryGetValue(key, out var watch) && watch.Cell == cell ? watch : new CellWatch(workflow, cell, _options));
        }

        _cells = all;
        _drifted.RemoveAll(one => !all.ContainsValue(one.Cell));
    }

    private static IReadOnlyList<PlanCell> Checked(string workflow, IReadOnlyList<PlanCell> cells, string parameter) =>
        cells.GroupBy(cell => (cell.Node, cell.Setting)).FirstOrDefault(same => same.Skip(1).Any())?.Key is var (node, setting)
            ? throw new ArgumentException($"The cell of '{node}' of workflow '{workflow}' under {setting} is there twice.", parameter)
            : cells;
}
