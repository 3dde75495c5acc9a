using System.Collections;

namespace FlowCompile.Profiling;

/// <summary>
/// The times of tokens as a store packs them: microseconds since the token before, seven bits to a byte, so that most tokens take two bytes. They stay packed until
/// somebody asks, one after another.
/// </summary>
internal sealed class TokenTimes : IReadOnlyList<TimeSpan>
{
    private readonly byte[] _packed;

    private TokenTimes(byte[] packed) => _packed = packed;

    /// <inheritdoc/>
    public int Count => _packed.Count(IsLast);

    /// <inheritdoc/>
    public TimeSpan this[int index] => index >= 0 && index < Count ? this.Skip(index).First() : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>Packs times.</summary>
    /// <param name="times">The times, since the start of the response.</param>
    public static byte[] Pack(IReadOnlyList<TimeSpan> times)
    {
        var bytes = new List<byte>(2 * times.Count);
        long last = 0;
        foreach (var time in times)
        {
            // Times of one response never go back; a client that reports otherwise is read as no time passed.
            var microseconds = Math.Max(last, (long)time.TotalMicroseconds);
            var rest = (ulong)(microseconds - last);
            last = microseconds;
            while (rest >= 0x80)
            {
                bytes.Add((byte)(rest | 0x80));
                rest >>= 7;
            }

            bytes.Add((byte)rest);
        }

        return [.. bytes];
    }

    /// <summary>Times that were packed.</summary>
    /// <param name="packed">What <see cref="Pack"/> made of them.</param>
    public static IReadOnlyList<TimeSpan> Unpack(ReadOnlySpan<byte> packed) => packed.IsEmpty ? [] : new TokenTimes(packed.ToArray());

    /// <inheritdoc/>
    public IEnumerator<TimeSpan> GetEnumerator()
    {
        var (last, value, shift) = (0L, 0L, 0);
        foreach (var b in _packed)
        {
            value |= (long)(b & 0x7F) << shift;
            shift += 7;
            if (IsLast(b))
            {
                last += value;
                yield return TimeSpan.FromMicroseconds(last);
                (value, shift) = (0, 0);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // Of the bytes of one time.
    private static bool IsLast(byte b) => b < 0x80;
}
