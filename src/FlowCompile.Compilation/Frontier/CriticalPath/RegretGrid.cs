namespace FlowCompile.Compilation;

/// <summary>
/// Which state stands for those that are nearly the same: as much spent, and as far between the ends of what is waited for, each to within
/// a cell.
/// </summary>
internal sealed class RegretGrid
{
    // The worth of what lies between two ends matters less than what is spent: later choices can make up for most of it.
    private const double Ends = 8;
    private long[] _keys = new long[1 << 12];
    private int[] _states = new int[1 << 12];
    private int _count;

    public void Clear()
    {
        Array.Fill(_states, -1);
        _count = 0;
    }

    /// <summary>The cell of a state.</summary>
    /// <param name="spent">The worth of the seconds spent.</param>
    /// <param name="finish">When what is waited for ends.</param>
    /// <param name="price">The worth of a second.</param>
    /// <param name="cell">How much is nearly the same.</param>
    public static long KeyOf(double spent, ReadOnlySpan<double> finish, double price, double cell)
    {
        var key = (long)Math.Floor(spent / cell);
        for (var i = 1; i < finish.Length; i++)
        {
            key = Mix(key) + (long)Math.Floor((finish[i] - finish[0]) * price / (Ends * cell));
        }

        return key;
    }

    /// <summary>The state of a cell; -1, and the one given from now on, where there is none.</summary>
    public int FindOrAdd(long key, int state)
    {
        if (2 * ++_count > _keys.Length)
        {
            Grow();
        }

        var slot = Slot(key);
        while (_states[slot] >= 0)
        {
            if (_keys[slot] == key)
            {
                _count--;
                return _states[slot];
            }

            slot = (slot + 1) & (_keys.Length - 1);
        }

        (_keys[slot], _states[slot]) = (key, state);
        return -1;
    }

    private int Slot(long key) => (int)((ulong)Mix(key) >> 32) & (_keys.Length - 1);

    private static long Mix(long key)
    {
        key = (key ^ (key >> 31)) * unchecked((long)0x9E3779B97F4A7C15);
        return key ^ (key >> 29);
    }

    private void Grow()
    {
        var (keys, states) = (_keys, _states);
        _keys = new long[2 * keys.Length];
        _states = new int[2 * keys.Length];
        Array.Fill(_states, -1);
        for (var i = 0; i < keys.Length; i++)
        {
            if (states[i] >= 0)
            {
                var slot = Slot(keys[i]);
                while (_states[slot] >= 0)
                {
                    slot = (slot + 1) & (_keys.Length - 1);
                }

                (_keys[slot], _states[slot]) = (keys[i], states[i]);
            }
        }
    }
}
