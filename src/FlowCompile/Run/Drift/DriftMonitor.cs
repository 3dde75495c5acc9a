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
/// <para>What drifted once stays so until there is a new monitor, for example with a plan compiled from a new profile.</para>
/// </remarks>
public sealed class DriftMonitor
{
    private readonly Dictionary<(string Workflow, string Node, Setting Setting), CellWatch> _cells = [];
    private readonly List<CellDrift> _drifted = [];
    private readonly DriftOptions _options;

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
        foreach (var (plan, cell) in plans.SelectMany(plan => plan.Cells.Select(cell => (plan, cell))))
        {
            if (!_cells.TryAdd((plan.Workflow, cell.Node, cell.Setting), new CellWatch(plan.Workflow, cell, _options)))
            {
                throw new ArgumentException($"The cell of '{cell.Node}' of workflow '{plan.Workflow}' under {cell.Setting} is there twice.", nameof(plans));
            }
        }
    }

    /// <summary>What no longer holds, in the order it was found.</summary>
    public IReadOnlyList<CellDrift> Drifted
    {
        get
        {
            lock (_drifted)
            {
                return [.. _drifted];
            }
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
        _cells.TryGetValue((workflow, node, setting), out var cell) ? Found(cell.Add(latency, tokens), onError) : [];

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

        return _cells.TryGetValue((workflow, node, setting), out var cell) && cell.AddScore(score) is { } drift ? Found([drift])[0] : null;
    }

    private IReadOnlyList<CellDrift> Found(IReadOnlyList<CellDrift> found, Action<CellDrift, Exception>? onError = null)
    {
        foreach (var drift in found)
        {
            lock (_drifted)
            {
                _drifted.Add(drift);
            }

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
}
