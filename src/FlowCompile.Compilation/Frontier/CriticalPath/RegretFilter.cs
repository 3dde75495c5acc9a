using System.Runtime.InteropServices;

namespace FlowCompile.Compilation;

/// <summary>Drops states than which another is as good in everything: nothing ends later, and it is as accurate.</summary>
internal sealed class RegretFilter
{
    // Where more than two places are waited for, a state is compared with those that have dropped others. What stays is only more work.
    private const int Compared = 32;
    private readonly List<int> _kept = [];
    private readonly List<double> _ends = [];
    private readonly List<double> _values = [];
    private double[] _keys = [];
    private int[] _order = [];

    /// <summary>Filters states.</summary>
    public void Run(RegretStates states)
    {
        Sort(states);
        _kept.Clear();
        _ends.Clear();
        _values.Clear();
        for (var i = 0; i < states.Count; i++)
        {
            var state = _order[i];
            if (states.Width > 2 ? IsNewAmongMany(states, state) : IsNew(states.Width > 1 ? states.FinishOf(state)[1] : 0, states.ValueOf(state)))
            {
                _kept.Add(state);
            }
        }

        _kept.Sort();
        states.Keep(CollectionsMarshal.AsSpan(_kept));
    }

    // What ends first comes first, of what ends together the most accurate.
    private void Sort(RegretStates states)
    {
        if (_keys.Length < states.Count)
        {
            _keys = new double[2 * states.Count];
            _order = new int[2 * states.Count];
        }

        for (var i = 0; i < states.Count; i++)
        {
            (_keys[i], _order[i]) = (states.FinishOf(i)[0], i);
        }

        Array.Sort(_keys, _order, 0, states.Count);
        for (var from = 0; from < states.Count;)
        {
            var to = from + 1;
            while (to < states.Count && _keys[to] == _keys[from])
            {
                to++;
            }

            if (to > from + 1)
            {
                for (var i = from; i < to; i++)
                {
                    _keys[i] = -states.ValueOf(_order[i]);
                }

                Array.Sort(_keys, _order, from, to - from);
            }

            from = to;
        }
    }

    // As in the filter of a front: what matters of the states before is their own front of the second end and the value.
    private bool IsNew(double end, double value)
    {
        var at = _ends.BinarySearch(end);
        var before = at >= 0 ? at : ~at - 1;
        if (before >= 0 && _values[before] >= value)
        {
            return false;
        }

        var from = at >= 0 ? at : before + 1;
        var to = from;
        while (to < _ends.Count && _values[to] <= value)
        {
            to++;
        }

        if (to > from)
        {
            (_ends[from], _values[from]) = (end, value);
            _ends.RemoveRange(from + 1, to - from - 1);
            _values.RemoveRange(from + 1, to - from - 1);
        }
        else
        {
            _ends.Insert(from, end);
            _values.Insert(from, value);
        }

        return true;
    }

    private bool IsNewAmongMany(RegretStates states, int state)
    {
        var finish = states.FinishOf(state);
        var value = states.ValueOf(state);
        var count = Math.Min(Compared, _kept.Count);
        for (var i = 0; i < count; i++)
        {
            if (states.ValueOf(_kept[i]) >= value && Within(states.FinishOf(_kept[i]), finish))
            {
                (_kept[i], _kept[i / 2]) = (_kept[i / 2], _kept[i]);
                return false;
            }
        }

        return true;
    }

    private static bool Within(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        for (var i = 0; i < a.Length; i++)
        {
            if (a[i] > b[i])
            {
                return false;
            }
        }

        return true;
    }
}
