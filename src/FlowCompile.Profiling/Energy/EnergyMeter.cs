namespace FlowCompile.Profiling;

/// <summary>
/// Shares out the energy of this machine among the calls that are under way. The counters know the machine as a whole, so at every moment
/// each call has an equal share of what is taken: the shares of calls side by side add up to what was counted, and what the machine takes
/// without doing anything is part of it. Counters move every millisecond (processors) to every tenth of a second (GPUs): single short
/// calls are measured coarsely, their mean is not.
/// </summary>
internal sealed class EnergyMeter
{
    // Counters of processors begin anew every few minutes, and a long call would miss that.
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(30);

    private readonly IReadOnlyList<IEnergyCounter> _counters;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private double _last;
    private double _perCall;
    private int _calls;
    private bool _isBroken;

    private EnergyMeter(IReadOnlyList<IEnergyCounter> counters, TimeProvider time)
    {
        _counters = counters;
        _timer = time.CreateTimer(static meter => ((EnergyMeter)meter!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The meter of this machine; <see langword="null"/> where it cannot tell.</summary>
    public static Lazy<EnergyMeter?> Machine { get; } = new(() => Of([.. RaplCounter.Find(RaplCounter.Root), .. NvmlCounter.Find()]));

    /// <summary>The names of its counters.</summary>
    public IReadOnlyList<string> Counters => [.. _counters.Select(counter => counter.Name)];

    /// <summary>A meter over counters.</summary>
    /// <param name="counters">The counters; each counts what no other does.</param>
    /// <param name="time">Says when to look at them during long calls. Default: the system's.</param>
    /// <returns>The meter; <see langword="null"/> of no counters.</returns>
    public static EnergyMeter? Of(IReadOnlyList<IEnergyCounter> counters, TimeProvider? time = null) => counters.Count == 0 ? null : new EnergyMeter(counters, time ?? TimeProvider.System);

    /// <summary>Whether its counters count what computes a model: often those of the processors are only root's to read, and a GPU that is idle says nothing of them.</summary>
    /// <param name="device">Where the model runs; <see langword="null"/> where that is not known.</param>
    public bool Counts(string? device) => device is not ("cpu" or "cuda") || _counters.Any(counter => counter.IsOfGpu == (device == "cuda"));

    /// <summary>Begins a call.</summary>
    public Reading Begin()
    {
        lock (_lock)
        {
            Share();
            if (_calls++ == 0)
            {
                _timer.Change(s_lookEvery, s_lookEvery);
            }

            return new Reading(this, _perCall);
        }
    }

    private double? End(double start)
    {
        lock (_lock)
        {
            Share();
            if (--_calls == 0)
            {
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }

            return _isBroken ? null : _perCall - start;
        }
    }

    private void Look()
    {
        lock (_lock)
        {
            Share();
        }
    }

    // What was taken since the last look goes to the calls that were under way.
    private void Share()
    {
        var now = 0.0;
        foreach (var counter in _counters)
        {
            if (counter.Read() is { } joules)
            {
                now += joules;
            }
            else
            {
                // A sum that lacks a counter is none.
                _isBroken = true;
            }
        }

        _perCall += _calls > 0 ? Math.Max(0, now - _last) / _calls : 0;
        _last = now;
    }

    /// <summary>A call under way.</summary>
    internal sealed class Reading(EnergyMeter meter, double start) : IDisposable
    {
        private bool _ended;

        /// <summary>Ends the call, once.</summary>
        /// <returns>Its joules; <see langword="null"/> where a counter could not be read.</returns>
        public double? End()
        {
            _ended = true;
            return meter.End(start);
        }

        /// <summary>Ends a call that came to nothing.</summary>
        public void Dispose()
        {
            if (!_ended)
            {
                End();
            }
        }
    }
}
