using FlowCompile.Graph;
using FlowCompile.Plans;
using Microsoft.Extensions.Logging;

namespace FlowCompile;

/// <summary>The plan file of one workflow, looked at in an interval.</summary>
internal sealed class WatchedPlan : IDisposable
{
    private readonly object _lock = new();
    private readonly ModelCatalog? _models;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private byte[]? _seen; // what was read last, whether it took over or not
    private string? _problem; // why it could not be read the last time
    private volatile WorkflowPlan? _plan;

    public WatchedPlan(WorkflowGraph graph, string file, TimeSpan interval, WorkflowPlan? before, ModelCatalog? models, TimeProvider time, ILogger logger)
    {
        Graph = graph;
        File = file;
        Interval = interval;
        _plan = before;
        _models = models;
        _logger = logger;
        Check();
        _timer = time.CreateTimer(static plan => ((WatchedPlan)plan!).Check(), this, interval, interval);
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
            try
            {
                var json = PlanFile.ReadBytes(File);
                if (_seen is { } seen && json.AsSpan().SequenceEqual(seen))
                {
                    return;
                }

                _seen = json;
                var plan = PlanFile.Parse(json, Graph, File);
                CheckModels(plan);
                _plan = plan;
                _problem = null;
                PlanLog.TakenOver(_logger, Graph.Name, File, plan.Configurations.Count);
            }
            catch (PlanException e) when (e.Message != _problem)
            {
                _problem = e.Message;
                PlanLog.Refused(_logger, Graph.Name, e.Message, _plan is null ? "The compiled plan" : "The plan before it");
            }
            catch (PlanException)
            {
                // It is still as it was, and that was logged.
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private void CheckModels(WorkflowPlan plan)
    {
        if (_models is null)
        {
            return;
        }

        foreach (var configuration in plan.Configurations)
        {
            if (configuration.Settings.FirstOrDefault(setting => setting is { } one && !_models.TryGet(one.Model, out _)) is { } missing)
            {
                throw new PlanException(
                    File, null, $"the configuration '{configuration.Id}' needs the model '{missing.Model}', which is not among the models ({string.Join(", ", _models.Names)}); add it, or compile without it");
            }
        }
    }
}
