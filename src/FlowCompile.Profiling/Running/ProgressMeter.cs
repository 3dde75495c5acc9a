namespace FlowCompile.Profiling;

/// <summary>Counts what is done and reports it.</summary>
internal sealed class ProgressMeter(IProgress<ProfileProgress>? progress, TimeProvider time)
{
    private readonly Lock _lock = new();
    private ProfilePhase _phase;
    private string _node = "";
    private Setting _setting;
    private long _start;
    private int _total;
    private int _expected;
    private int _alreadyThere;
    private int _done;
    private int _failures;

    public void Start(ProfilePhase phase, int total, int alreadyThere)
    {
        lock (_lock)
        {
            (_phase, _total, _expected, _alreadyThere, _done, _failures, _start) = (phase, total, 0, alreadyThere, 0, 0, time.GetTimestamp());
            Report();
        }
    }

    /// <summary>More has turned out to be there, some of it done before.</summary>
    public void Add(int count, int alreadyThere)
    {
        lock (_lock)
        {
            _total += count;
            _expected = Math.Max(0, _expected - count);
            _alreadyThere += alreadyThere;
        }
    }

    /// <summary>So much more may turn out to be there yet.</summary>
    public void Expect(int count)
    {
        lock (_lock)
        {
            _expected = count;
        }
    }

    public void Begin(string node, Setting setting)
    {
        lock (_lock)
        {
            (_node, _setting) = (node, setting);
            Report();
        }
    }

    public void Fail()
    {
        lock (_lock)
        {
            _failures++;
        }
    }

    public void Advance()
    {
        lock (_lock)
        {
            _done++;
            Report();
        }
    }

    /// <summary>One was done elsewhere: it is there, but says nothing of our own speed.</summary>
    public void AdvanceByOther()
    {
        lock (_lock)
        {
            _alreadyThere++;
            Report();
        }
    }

    private void Report()
    {
        if (progress is null)
        {
            return;
        }

        var rate = _done / Math.Max(time.GetElapsedTime(_start).TotalSeconds, 1e-3);
        progress.Report(new ProfileProgress
        {
            Phase = _phase,
            Node = _node,
            Setting = _setting,
            Done = _alreadyThere + _done,
            Total = _total + _expected,
            AlreadyThere = _alreadyThere,
            Failures = _failures,
            PerSecond = rate,
            TimeLeft = _done == 0 ? null : TimeSpan.FromSeconds((_total + _expected - _alreadyThere - _done) / rate),
        });
    }
}
