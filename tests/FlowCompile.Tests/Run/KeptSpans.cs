using System.Collections.Concurrent;
using System.Diagnostics;

namespace FlowCompile.Tests.Run;

/// <summary>The activities of what a test starts while it has this, once they have ended. Other tests run workflows too.</summary>
internal sealed class KeptSpans : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = [];
    private readonly ActivitySource _source = new("test");
    private readonly ActivityListener _listener;
    private readonly Activity _caller;

    public KeptSpans()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is WorkflowTelemetry.SourceName or "test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
        _caller = _source.StartActivity("caller")!;
    }

    public List<Activity> Own() => [.. _ended.Where(activity => activity.TraceId == _caller.TraceId)];

    public void Dispose()
    {
        _caller.Dispose();
        _source.Dispose();
        _listener.Dispose();
    }
}
