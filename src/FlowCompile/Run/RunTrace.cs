using System.Collections;

namespace FlowCompile;

/// <summary>
/// What happened in a run, over all configurations it went through; its list is of the model calls that succeeded. It is also the lock of the
/// run's moves.
/// </summary>
internal sealed class RunTrace(int capacity) : IReadOnlyList<CallRecord>
{
    private object?[] _calls = new object?[capacity]; // for each call its record, or the context that makes it
    private int _count;
    private List<CallFailure>? _failures;
    private List<Reroute>? _reroutes;
    private List<Hedge>? _hedges;
    private List<EarlyAgreement>? _agreements;

    public int Count => _count;

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
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_count, nameof(index));
            lock (this)
            {
                var record = _calls[index] as CallRecord ?? ((SubAgentContext)_calls[index]!).FirstRecord();
                _calls[index] = record;
                return record;
            }
        }
    }

    public IEnumerator<CallRecord> GetEnumerator()
    {
        for (var i = 0; i < _count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool HasCalls(string node, Setting? setting)
    {
        lock (this)
        {
            return this.Any(call => call.Node == node && call.Setting == setting);
        }
    }

    /// <summary>Adds a call.</summary>
    /// <param name="call">Its <see cref="CallRecord"/>, or the <see cref="SubAgentContext"/> that makes it.</param>
    public void AddCall(object call)
    {
        lock (this)
        {
            if (_count == _calls.Length)
            {
                Array.Resize(ref _calls, 2 * (_count + 1));
            }

            _calls[_count++] = call;
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
}
