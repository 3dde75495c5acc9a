namespace FlowCompile.Profiling;

/// <summary>
/// Shares out the energy of this machine among the calls that are under way. The counters know the machine as a whole, so at every moment
/// each call has an equal share of what is taken: the shares of calls side by side add up to what was counted, and what the machine takes
/// without doing anything is part of it. Counters move every millisecond (processors) to every tenth of a second (GPUs): single short
/// calls are measured coarsely, their mean is not.
/// </summary>
internal sealed class EnergyMeter
{
    private readonly IReadOnlyList<IEnergyCounter> _counters;
    private readonly Lock _lock = new();
    private double _last;
    private double _perCall;
    private int _calls;
    private bool _isBroken;

    private EnergyMeter(IReadOnlyList<IEnergyCounter> counters) => _counters = counters;

    /// <summary>The meter of this machine; <see langword="null"/> where it cannot tell.</summary>
    public static Lazy<EnergyMeter?> Machine { get; } = new(() => Of([.. RaplCounter.Find(RaplCounter.Root), .. NvmlCounter.Find()]));

    /// <summary>The names of its counters.</summary>
    public IReadOnlyList<string> Counters => [.. _counters.Select(counter => counter.Name)];

    /// <summary>A meter over counters.</summary>
    /// <param name="counters">The counters; each counts what no other does.</param>
    /// <returns>The meter; <see langword="null"/> of no counters.</returns>
    public static EnergyMeter? Of(IReadOnlyList<IEnergyCounter> counters) => counters.Count == 0 ? null : new EnergyMeter(counters);

    /// <summary>Begins a call.</summary>
    public Reading Begin()
    {
        lock (_lock)
        {
            Share();
            _calls++;
            return new Reading(this, _perCall);
        }
    }

    private double? End(double start)
    {
        lock (_lock)
        {
            Share();
            _calls--;
            return _isBroken ? null : _perCall - start;
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
