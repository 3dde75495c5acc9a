namespace FlowCompile.Compilation.Tests;

/// <summary>
/// Plays one run event by event: the clock goes from one end of a call to the next, and queues are served in the order in which calls came. It ends
/// with one vertex, or with the last call.
/// </summary>
internal sealed class EventPlay(IReadOnlyList<int> slots, IReadOnlyList<int[]> before, IReadOnlyList<SlotCall> calls, int run, int output = -1)
{
    private readonly double?[] _came = new double?[calls.Count];
    private readonly double?[] _ends = new double?[calls.Count];
    private double _now;

    /// <summary>When the run ends.</summary>
    public double End()
    {
        while (true)
        {
            while (Step())
            {
            }

            var next = _ends.Where(end => end > _now).Min();
            if (next is null || (output >= 0 && HasEnded(output)))
            {
                return _now;
            }

            _now = next.Value;
        }
    }

    // Something that happens now, if there is anything.
    private bool Step()
    {
        for (var call = 0; call < calls.Count; call++)
        {
            if (_came[call] is null && IsCalled(call))
            {
                _came[call] = _now;
                return true;
            }
        }

        foreach (var call in Enumerable.Range(0, calls.Count).Where(call => _came[call] is not null && _ends[call] is null).OrderBy(call => _came[call]).ThenBy(call => call))
        {
            var (seconds, place) = (calls[call].Seconds[run], calls[call].Place);
            if (seconds < 0 || place < 0 || Enumerable.Range(0, calls.Count).Count(other => calls[other].Place == place && calls[other].Seconds[run] >= 0 && _ends[other] > _now) < slots[place])
            {
                _ends[call] = _now + Math.Max(0, seconds);
                return true;
            }
        }

        return false;
    }

    private bool IsCalled(int call) => calls[call].After >= 0
        ? _ends[calls[call].After] <= _now
        : before[calls[call].Vertex].All(HasEnded);

    private bool HasEnded(int vertex) => before[vertex].All(HasEnded)
        && Enumerable.Range(0, calls.Count).Where(call => calls[call].Vertex == vertex).All(call => _ends[call] <= _now);
}
