using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Text;
using Microsoft.Extensions.Logging;

namespace FlowCompile;

/// <summary>
/// The plan file of one workflow, looked at in an interval. Whatever the file is or becomes, looking at it neither throws nor waits: what
/// does not hold is logged, once until something else is wrong, and the plan before it stays.
/// </summary>
internal sealed class WatchedPlan : IDisposable
{
    private readonly object _lock = new();
    private readonly ModelCatalog? _models;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private byte[]? _seen; // what was read last, whether it took over or not
    private string? _problemOfSeen; // why that did not take over
    private string? _problem; // what was wrong the last time
    private volatile WorkflowPlan? _plan;

    public WatchedPlan(WorkflowGraph graph, string file, TimeSpan interval, WorkflowPlan? before, ModelCatalog? models, TimeProvider time, ILogger logger)
    {
        // What can be no file is the caller's mistake, not the file's.
        _ = Path.GetFullPath(file);
        Graph = graph;
        File = file;
        Interval = interval;
        _plan = before;
        _models = models;
        _logger = logger;
        Check();
        _timer = time.CreateTimer(static plan => ((WatchedPlan)plan!).CheckUnlessBusy(), this, interval, interval);
    }

    public WorkflowGraph Graph { get; }

    public string File { get; }

    public TimeSpan Interval { get; }

    public WorkflowPlan? Plan => _plan;

    /// <summary>Takes the file over where it changed and holds.</summary>
    public void Check()
    {
        lock (_lock)
        {
            TakeOver();
        }
    }

    public void Dispose() => _timer.Dispose();

    // Where reading takes longer than the interval, a thread for each tick would wait for it.
    private void CheckUnlessBusy()
    {
        if (Monitor.TryEnter(_lock))
        {
            try
            {
                TakeOver();
            }
            finally
            {
                Monitor.Exit(_lock);
            }
        }
    }

    private void TakeOver()
    {
        byte[]? json = null;
        try
        {
            json = PlanFile.ReadBytes(File);
            if (_seen is { } seen && json.AsSpan().SequenceEqual(seen))
            {
                // It may have been away meanwhile.
                _problem = _problemOfSeen;
                return;
            }

            _seen = json;
            var plan = PlanFile.Parse(json, Graph, File);
            CheckModels(plan);
            _plan = plan;
            _problem = _problemOfSeen = null;
            PlanLog.TakenOver(_logger, Graph.Name, File, plan.Configurations.Count);
        }
        catch (PlanException e)
        {
            Refuse(e.Message, isRead: json is not null);
        }
        catch (Exception e)
        {
            // A timer that throws would end the process, and no file is worth that.
            Refuse($"{File}: it cannot be used ({OutsideText.Show(e.Message)})", isRead: json is not null);
        }
    }

    private void Refuse(string problem, bool isRead)
    {
        if (isRead)
        {
            _problemOfSeen = problem;
        }

        if (problem != _problem)
        {
            _problem = problem;
            PlanLog.Refused(_logger, Graph.Name, problem, _plan is null ? "The compiled plan" : "The plan before it");
        }
    }

    private void CheckModels(WorkflowPlan plan)
    {
        if (_models is null)
        {
            return;
        }

        foreach (var configuration in plan.Configurations)
        {
            if (configuration.Settings.OfType<CallSettings>().SelectMany(settings => settings.Models).FirstOrDefault(model => !_models.TryGet(model, out _)) is { } missing)
            {
                throw new PlanException(
                    File, null, $"the configuration '{configuration.Id}' needs the model '{missing}', which is not among the models ({string.Join(", ", _models.Names)}); add it, or compile without it");
            }
        }
    }
}
