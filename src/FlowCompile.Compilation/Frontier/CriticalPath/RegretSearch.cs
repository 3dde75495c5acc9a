namespace FlowCompile.Compilation;

/// <summary>
/// Goes through the choices of a <see cref="RegretWindow"/> place by place. What later places depend on is when the places that are still
/// waited for end, so of partial choices that end alike the one of least regret will do.
/// </summary>
internal sealed class RegretSearch
{
    private const int Few = 1 << 8;
    private readonly PathKernel _kernel;
    private readonly RegretFilter _filter = new();
    private readonly RegretGrid _grid = new();
    private readonly long[][] _origins;
    private readonly int[][] _inputs; // for each place, where its inputs are among what is waited for
    private readonly int[][] _kept; // and where what is waited for after it was before
    private readonly double[] _finish;
    private RegretStates _states = new();
    private RegretStates _next = new();

    /// <summary>Creates a search.</summary>
    public RegretSearch(PathKernel kernel)
    {
        _kernel = kernel;
        _origins = new long[kernel.Count][];
        _inputs = new int[kernel.Count][];
        _kept = new int[kernel.Count][];
        _finish = new double[kernel.Live.Max(live => live.Length)];
        for (var place = 0; place < kernel.Count; place++)
        {
            var before = place == 0 ? [] : kernel.Live[place - 1];
            _inputs[place] = [.. kernel.Inputs[place].Select(input => Array.IndexOf(before, input))];
            _kept[place] = [.. kernel.Live[place][..^1].Select(one => Array.IndexOf(before, one))];
            _origins[place] = [];
        }
    }

    /// <summary>The choices found by the last search.</summary>
    public int Count => _states.Count;

    /// <summary>Finds all choices in a window that no other dominates.</summary>
    /// <param name="window">The window.</param>
    /// <param name="maxStates">The most partial choices to keep in one place.</param>
    /// <returns>Whether that was enough; otherwise nothing was found.</returns>
    public bool TryAll(RegretWindow window, int maxStates)
    {
        Start();
        for (var place = 0; place < _kernel.Count; place++)
        {
            Extend(window, place, cell: 0, 8 * maxStates);
            if (_next.Count > Few)
            {
                _filter.Run(_next);
            }

            if (_next.Count > maxStates)
            {
                _states.Clear(1);
                return false;
            }

            Advance(place);
        }

        return true;
    }

    /// <summary>Finds choices of little regret in a window.</summary>
    /// <param name="window">The window.</param>
    /// <param name="cell">How much of the logarithm of the accuracy is nearly the same.</param>
    /// <param name="maxStates">The most partial choices to keep in one place.</param>
    public void Sample(RegretWindow window, double cell, int maxStates)
    {
        Start();
        for (var place = 0; place < _kernel.Count; place++)
        {
            Extend(window, place, cell, int.MaxValue);
            if (_next.Count > maxStates)
            {
                KeepBest(maxStates);
            }

            Advance(place);
        }
    }

    /// <summary>The latency and the logarithm of the accuracy of a choice found.</summary>
    public (double Seconds, double Value) ValuesOf(RegretWindow window, int found)
    {
        var seconds = _states.FinishOf(found)[0];
        return (seconds, window.Flow.At(seconds) - _states.RegretOf(found));
    }

    /// <summary>The rows of a choice found, by place.</summary>
    public int[] ChoiceOf(int found)
    {
        var choice = new int[_kernel.Count];
        for (var place = _kernel.Count - 1; place >= 0; place--)
        {
            var origin = _origins[place][found];
            (choice[place], found) = ((int)origin, (int)(origin >> 32));
        }

        return choice;
    }

    private void Start()
    {
        _states.Clear(0);
        _states.Add(0, 0, 0, 0);
    }

    // Adds to each partial choice each row of a place.
    private void Extend(RegretWindow window, int place, double cell, int enough)
    {
        var (inputs, kept, into, rows) = (_inputs[place], _kept[place], window.Flow.Into[place], window.Rows[place]);
        var finish = _finish.AsSpan(0, kept.Length + 1);
        _next.Clear(finish.Length);
        _grid.Clear();
        for (var state = 0; state < _states.Count && _next.Count <= enough; state++)
        {
            var before = _states.FinishOf(state);
            var start = 0.0;
            foreach (var input in inputs)
            {
                start = Math.Max(start, before[input]);
            }

            var waited = 0.0;
            for (var i = 0; i < inputs.Length; i++)
            {
                waited += into[i] * (start - before[inputs[i]]);
            }

            var (spent, regret) = (_states.SpentOf(state) + waited, _states.RegretOf(state) + waited);
            for (var i = 0; i < kept.Length; i++)
            {
                finish[i] = before[kept[i]];
            }

            foreach (ref readonly var row in rows.AsSpan())
            {
                var total = regret + row.Regret;
                if (total > window.Regret)
                {
                    break;
                }

                if (window.CanEnd(place, spent + row.Spent, total))
                {
                    finish[^1] = start + row.Seconds;
                    Put(finish, spent + row.Spent, total, state, row.Index, window.Flow.Total, cell);
                }
            }
        }
    }

    private void Put(ReadOnlySpan<double> finish, double spent, double regret, int before, int row, double price, double cell)
    {
        var known = cell > 0 ? _grid.FindOrAdd(RegretGrid.KeyOf(spent, finish, price, cell), _next.Count) : -1;
        if (known < 0)
        {
            known = _next.Add(spent, regret, before, row);
        }
        else if (_next.RegretOf(known) > regret)
        {
            _next.Set(known, spent, regret, before, row);
        }
        else
        {
            return;
        }

        finish.CopyTo(_next.FinishOf(known));
    }

    private void KeepBest(int count)
    {
        var regrets = new double[_next.Count];
        for (var state = 0; state < regrets.Length; state++)
        {
            regrets[state] = _next.RegretOf(state);
        }

        Array.Sort(regrets);
        var kept = new List<int>(count);
        for (var state = 0; state < _next.Count && kept.Count < count; state++)
        {
            if (_next.RegretOf(state) <= regrets[count - 1])
            {
                kept.Add(state);
            }
        }

        _next.Keep(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(kept));
    }

    private void Advance(int place)
    {
        if (_origins[place].Length < _next.Count)
        {
            _origins[place] = new long[2 * _next.Count];
        }

        _next.Origins.CopyTo(_origins[place]);
        (_states, _next) = (_next, _states);
    }
}
