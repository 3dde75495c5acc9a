using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FlowCompile;

/// <summary>
/// For each limit, and each number of configurations that keep it, which those are: a bit for each place of some order. What keeps several limits
/// is what their sets have in common. For up to <see cref="Most"/> configurations.
/// </summary>
internal sealed class KeptSets
{
    /// <summary>As many as one vector has bits.</summary>
    public const int Most = 512;

    private readonly int[] _order;
    private readonly Vector512<ulong>[]?[] _sets = new Vector512<ulong>[]?[(int)PreferenceLimit.Accuracy + 1]; // made when first asked for

    /// <summary>Sets over an order.</summary>
    /// <param name="order">The configurations that have a place.</param>
    public KeptSets(int[] order) => _order = order;

    /// <summary>The sets of a limit, by how many keep it.</summary>
    public Vector512<ulong>[] Of(LimitIndex index, int limit) => _sets[limit] ?? Make(index, limit);

    /// <summary>The configuration of the first place in a set; -1 where the set is empty.</summary>
    public int First(Vector512<ulong> set)
    {
        var words = ~Vector512.Equals(set, Vector512<ulong>.Zero).ExtractMostSignificantBits() & 0xFF;
        if (words == 0)
        {
            return -1;
        }

        var word = BitOperations.TrailingZeroCount(words);
        return _order[(64 * word) + BitOperations.TrailingZeroCount(Unsafe.Add(ref Unsafe.As<Vector512<ulong>, ulong>(ref set), word))];
    }

    // Two threads may both make them; either serves.
    private Vector512<ulong>[] Make(LimitIndex index, int limit)
    {
        var places = new Dictionary<int, int>();
        for (var place = 0; place < _order.Length; place++)
        {
            places.Add(_order[place], place);
        }

        var sets = new Vector512<ulong>[index.Order.Length + 1];
        var words = new ulong[Vector512<ulong>.Count];
        for (var i = 0; i < index.Order.Length; i++)
        {
            if (places.TryGetValue(index.Order[i], out var place))
            {
                words[place / 64] |= 1UL << (place % 64);
            }

            sets[i + 1] = Vector512.Create(words);
        }

        return _sets[limit] = sets;
    }
}
