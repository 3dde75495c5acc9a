using FlowCompile.Graph;
using FlowCompile.Plans;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowCompile;

/// <summary>
/// Takes plan files over while a program runs. A file is read at once and looked at again in an interval, which also finds changes on
/// mounted and replaced folders; where it changed it is read, checked as at build time, and, where models are given, for models that there are
/// none of. Only then it takes over, for the runs that start after that. One that does not hold is logged, and the plan before it stays.
/// </summary>
public sealed class PlanWatcher : IPlanSource, IDisposable
{
    private readonly object _lock = new();
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ModelCatalog? _models;
    private volatile WatchedPlan[] _plans = [];
    private IDisposable? _owned;
    private bool _isDisposed;

    /// <summary>Creates a watcher of no file.</summary>
    /// <param name="models">The models that plans may name; <see langword="null"/> for any.</param>
    /// <param name="timeProvider">The clock; <see langword="null"/> for the system's.</param>
    /// <param name="logger">Where changes and refused plans are logged; <see langword="null"/> for nowhere.</param>
    public PlanWatcher(ModelCatalog? models = null, TimeProvider? timeProvider = null, ILogger? logger = null)
    {
        _models = models;
        _time = timeProvider ?? TimeProvider.System;
        _logger = logger ?? NullLogger.Instance;
    }

    /// <summary>Watches the plan of a workflow, in place of what was watched for it before.</summary>
    /// <param name="graph">The workflow's graph.</param>
    /// <param name="options">The file, and how often to look at it. Without a file nothing is watched, and the compiled plan is in force again.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not above zero, or longer than timers can take (49 days). What was watched stays.</exception>
    /// <exception cref="ArgumentException">The file's name cannot be one. What was watched stays.</exception>
    public void Watch(WorkflowGraph graph, WorkflowPlanOptions options)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.CheckInterval, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.CheckInterval, TimerLimit.Longest, nameof(options));
        var file = string.IsNullOrWhiteSpace(options.File) ? null : options.File;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var old = Array.Find(_plans, plan => plan.Graph.Hash == graph.Hash);
            if (old is not null && old.File == file && old.Interval == options.CheckInterval)
            {
                old.Check();
                return;
            }

            var watched = file is null ? null : new WatchedPlan(graph, file, options.CheckInterval, old?.Plan, _models, _time, _logger);
            var others = _plans.Where(plan => plan != old);
            _plans = watched is null ? [.. others] : [.. others, watched];
            old?.Dispose();
        }
    }

    /// <summary>Looks at all files now.</summary>
    public void Check()
    {
        foreach (var plan in _plans)
        {
            plan.Check();
        }
    }

    /// <summary>Keeps what is disposed with the watcher.</summary>
    internal void Own(IDisposable? owned) => _owned = owned;

    /// <summary>Takes changed options over; those that cannot be are logged.</summary>
    internal void TryWatch(IEnumerable<WorkflowGraph> graphs, WorkflowPlanOptions options)
    {
        foreach (var graph in graphs)
        {
            try
            {
                Watch(graph, options);
            }
            catch (ArgumentException e)
            {
                PlanLog.Refused(_logger, graph.Name, e.Message.ReplaceLineEndings(" "), "What was watched before");
            }
            catch (ObjectDisposedException)
            {
                // The application ends.
            }
        }
    }

    /// <inheritdoc/>
    public WorkflowPlan? Find(WorkflowGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        foreach (var plan in _plans)
        {
            if (ReferenceEquals(plan.Graph, graph) || plan.Graph.Hash == graph.Hash)
            {
                return plan.Plan;
            }
        }

        return null;
    }

    /// <summary>Ends watching. The compiled plans are in force again.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _owned?.Dispose();
            foreach (var plan in _plans)
            {
                plan.Dispose();
            }

            _plans = [];
        }
    }
}
