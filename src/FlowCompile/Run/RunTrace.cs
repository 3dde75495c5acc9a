namespace FlowCompile;

/// <summary>What happened in a run, over all configurations it went through. It is also the lock of the run's moves.</summary>
internal sealed class RunTrace(int capacity)
{
    private readonly List<CallRecord> _calls = new(capacity);
    private List<CallFailure>? _failures;
    private List<Reroute>? _reroutes;

    public IReadOnlyList<CallRecord> Calls => _calls;

    public IReadOnlyList<CallFailure> Failures => _failures ?? (IReadOnlyList<CallFailure>)[];

    public IReadOnlyList<Reroute> Reroutes => _reroutes ?? (IReadOnlyList<Reroute>)[];

    public bool HasCalls(string node, Setting? setting)
    {
        lock (this)
        {
            return _calls.Exists(call => call.Node == node && call.Setting == setting);
        }
    }

    public void Add(CallRecord call)
    {
        lock (this)
        {
            _calls.Add(call);
        }
    }

    public void Add(CallFailure failure)
    {
        lock (this)
        {
            (_failures ??= []).Add(failure);
        }
    }

    public void Add(Reroute reroute)
    {
        lock (this)
        {
            (_reroutes ??= []).Add(reroute);
        }
    }
}
