using System.Collections;

namespace FlowCompile;

/// <summary>
/// What happened in a run, over all configurations it went through; its list is of the model calls that succeeded. It is also the lock of the
/// run's moves.
/// </summary>
internal sealed class RunTrace : IReadOnlyList<CallRecord>
{
    private object?[] _calls = []; // for each call its record, or the context that makes it
    private int _taken; // places of _calls, and those asked for when none was left
    private List<object>? _more; // the calls that had none
    private List<CallFailure>? _failures;
    private List<Reroute>? _reroutes;
    private List<Hedge>? _hedges;
    private List<EarlyAgreement>? _agreements;

    public int Count => Math.Min(Volatile.Read(ref _taken), _calls.Length) + (_more?.Count ?? 0);

    /// <summary>Whether whoever reads the output while it is written has a part of it.</summary>
    public bool HasOutput { get; set; }

    public IReadOnlyList<CallFailure> Failures => _failures ?? (IReadOnlyList<CallFailure>)[];

    public IReadOnlyList<Reroute> Reroutes => _reroutes ?? (IReadOnlyList<Reroute>)[];

    public IReadOnlyList<Hedge> Hedges => _hedges ?? (IReadOnlyList<Hedge>)[];

    public IReadOnlyList<EarlyAgreement> Agreements => _agreements ?? (IReadOnlyList<EarlyAgreement>)[];

    public CallRecord this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            lock (this)
            {
                if (index >= _calls.Length)
                {
                    return (CallRecord)(_more![index - _calls.Length] = RecordOf(_more[index - _calls.Length]));
                }

                return (CallRecord)(_calls[index] = RecordOf(Kept(index)));
            }
        }
    }

    public IEnumerator<CallRecord> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool HasCalls(string node, CallSettings? settings)
    {
        lock (this)
        {
            return this.Any(call => call.Node == node && settings is { } own && own.Contains(call.Setting));
        }
    }

    /// <summary>Makes room for the calls that the run is expected to make, before it makes any. It may make more.</summary>
    public void Expect(int calls) => _calls = new object?[calls];

    /// <summary>Adds a call, without a lock where there is room.</summary>
    /// <param name="call">Its <see cref="CallRecord"/>, or the <see cref="SubAgentContext"/> that makes it.</param>
    public void AddCall(object call)
    {
        var place = Interlocked.Increment(ref _taken) - 1;
        if ((uint)place < (uint)_calls.Length)
        {
            _calls[place] = call;
            return;
        }

        lock (this)
        {
            (_more ??= []).Add(call);
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

    public void Add(EarlyAgreement agreement)
    {
        lock (this)
        {
            (_agreements ??= []).Add(agreement);
        }
    }

    public void Add(Hedge hedge)
    {
        lock (this)
        {
            (_hedges ??= []).Add(hedge);
        }
    }

    private static CallRecord RecordOf(object call) => call as CallRecord ?? ((SubAgentContext)call).FirstRecord();

    // Between taking a place and filling it there are a few instructions.
    private object Kept(int place)
    {
        var wait = default(SpinWait);
        object? call;
        while ((call = Volatile.Read(ref _calls[place])) is null)
        {
            wait.SpinOnce();
        }

        return call;
    }
}
