using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FlowCompile;

/// <summary>
/// Numbers in ascending order, of which it is asked how many are at most a given one. A table over equal parts of their range says where
/// to look; eight numbers from there on are compared at once, so that of numbers spread evenly no branch depends on them.
/// </summary>
internal sealed class SortedValues
{
    private static readonly int s_together = Vector512<double>.Count;
    private readonly double[] _values; // and after them as many as are compared at once
    private readonly ushort[] _before; // for each part how many numbers lie in the parts before it, and at the end all
    private readonly int _count;
    private readonly double _first;
    private readonly double _last;
    private readonly double _scale;

    public SortedValues(double[] values)
    {
        _count = values.Length;
        _values = [.. values, .. Enumerable.Repeat(double.PositiveInfinity, s_together)];
        var parts = Math.Max(1, _count);
        (_first, _last) = _count == 0 ? (0, 0) : (values[0], values[^1]);
        var range = _last - _first;
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
        if (!(value >= _first) || _count == 0)
        {
            return 0;
        }

        if (value >= _last)
        {
            return _count;
        }

        // A greater number is never in an earlier part, whatever the rounding.
        var part = PartOf(value);
        int low = _before[part], high = _before[part + 1];
        while (high - low > s_together)
        {
            var middle = (low + high) >> 1;
            if (_values[middle] <= value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        // Those from high on are greater, so it does not matter that they are compared too.
        var next = Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_values), (nuint)low);
        return low + BitOperations.PopCount(Vector512.LessThanOrEqual(next, Vector512.Create(value)).ExtractMostSignificantBits());
    }

    // Rounded by adding a number whose last bit is 1, which takes less than a conversion.
    private int PartOf(double value) => Math.Min((int)BitConverter.DoubleToInt64Bits(((value - _first) * _scale) + (1L << 52)), _before.Length - 2);
}
