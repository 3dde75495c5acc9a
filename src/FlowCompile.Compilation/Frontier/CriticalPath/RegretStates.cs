namespace FlowCompile.Compilation;

/// <summary>Partial choices that reach one place: when what is waited for ends, what was spent, and what was regretted.</summary>
internal sealed class RegretStates
{
    private double[] _finish = [];
    private double[] _spent = [];
    private double[] _regret = [];
    private long[] _origin = [];

    public int Count { get; private set; }

    /// <summary>How many places are waited for.</summary>
    public int Width { get; private set; }

    /// <summary>When each of the places waited for ends.</summary>
    public Span<double> FinishOf(int state) => _finish.AsSpan(state * Width, Width);

    /// <summary>The worth of the seconds spent.</summary>
    public double SpentOf(int state) => _spent[state];

    /// <summary>The regret.</summary>
    public double RegretOf(int state) => _regret[state];

    /// <summary>What, but for a constant, the logarithm of the accuracy is.</summary>
    public double ValueOf(int state) => _spent[state] - _regret[state];

    /// <summary>Forgets all states.</summary>
    /// <param name="width">How many places are waited for from now on.</param>
    public void Clear(int width) => (Count, Width) = (0, width);

    /// <summary>Adds a state, whose <see cref="FinishOf"/> is to be filled in.</summary>
    public int Add(double spent, double regret, int before, int row)
    {
        if (Count == _spent.Length || (Count + 1) * Width > _finish.Length)
        {
            Grow();
        }

        Set(Count, spent, regret, before, row);
        return Count++;
    }

    /// <summary>Puts another state in the place of one.</summary>
    public void Set(int state, double spent, double regret, int before, int row)
    {
        _spent[state] = spent;
        _regret[state] = regret;
        _origin[state] = ((long)before << 32) | (uint)row;
    }

    /// <summary>Keeps some states.</summary>
    /// <param name="kept">The states to keep, in ascending order.</param>
    public void Keep(ReadOnlySpan<int> kept)
    {
        for (var i = 0; i < kept.Length; i++)
        {
            FinishOf(kept[i]).CopyTo(FinishOf(i));
            (_spent[i], _regret[i], _origin[i]) = (_spent[kept[i]], _regret[kept[i]], _origin[kept[i]]);
        }

        Count = kept.Length;
    }

    /// <summary>Of each state the one before it, and in the lower half the row that was added.</summary>
    public ReadOnlySpan<long> Origins => _origin.AsSpan(0, Count);

    private void Grow()
    {
        var capacity = Count == _spent.Length ? Math.Max(1 << 10, 2 * Count) : _spent.Length;
        Array.Resize(ref _spent, capacity);
        Array.Resize(ref _regret, capacity);
        Array.Resize(ref _origin, capacity);
        Array.Resize(ref _finish, Math.Max(_finish.Length, capacity * Width));
    }
}
