namespace FlowCompile.Profiling;

/// <summary>Packs the times of tokens: microseconds since the token before, seven bits to a byte, so that most tokens take two bytes.</summary>
internal static class TokenTimes
{
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

    public static IReadOnlyList<TimeSpan> Unpack(ReadOnlySpan<byte> bytes)
    {
        var times = new List<TimeSpan>();
        long last = 0;
        long value = 0;
        var shift = 0;
        foreach (var b in bytes)
        {
            value |= (long)(b & 0x7F) << shift;
            shift += 7;
            if (b < 0x80)
            {
                last += value;
                times.Add(TimeSpan.FromMicroseconds(last));
                value = 0;
                shift = 0;
            }
        }

        return times;
    }
}
