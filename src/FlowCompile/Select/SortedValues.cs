namespace FlowCompile;

/// <summary>
/// Numbers in ascending order, of which it is asked how many are at most a given one. A table over equal parts of their range says where
/// to look, so that of numbers spread evenly hardly any is compared.
/// </summary>
internal sealed class SortedValues
{
    private const int FewEnough = 8;
    private readonly double[] _values;
    private readonly ushort[] _before; // for each part how many numbers lie in the parts before it, and at the end all
    private readonly double _scale;

    public SortedValues(double[] values)
    {
        _values = values;
        var parts = Math.Max(1, values.Length);
        var range = values.Length == 0 ? 0 : values[^1] - values[0];
        _scale = range > 0 && double.IsFinite(parts / range) ? parts / range : 0;
        _before = new ushort[parts + 1];
        foreach (var value in values)
        {
            _before[PartOf(value) + 1]++;
        }

        for (var part = 0; part < parts; part++)
        {
            _before[part + 1] += _before[part];
        }
    }

    /// <summary>How many of the numbers are at most a given one.</summary>
    public int CountAtMost(double value)
    {
        var values = _values;
        if (values.Length == 0 || !(value >= values[0]))
        {
            return 0;
        }

        if (value >= values[^1])
        {
            return values.Length;
        }

        // A greater number is never in an earlier part, whatever the rounding.
        var part = PartOf(value);
        int low = _before[part], high = _before[part + 1];
        while (high - low > FewEnough)
        {
            var middle = (low + high) >> 1;
            if (values[middle] <= value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        while (low < high && values[low] <= value)
        {
            low++;
        }

        return low;
    }

    private int PartOf(double value) => Math.Min((int)((value - _values[0]) * _scale), _before.Length - 2);
}
