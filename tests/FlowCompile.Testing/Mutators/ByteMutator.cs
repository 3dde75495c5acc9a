using System.Text;

namespace FlowCompile.Testing.Mutators;

/// <summary>Damages files as disks, editors and networks do, without knowing what they hold.</summary>
public static class ByteMutator
{
    private static readonly byte[] s_telling = [.. "{}[]\",:\\0129-.eE\n\r\t \0ntf/*"u8, 0xEF, 0xFF, 0xC0, 0x80, 0xED, 0xF4];

    private static readonly byte[][] s_invalid =
    [
        [0xFF], [0xC3], [0x80], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xE2, 0x80], [0xEF, 0xBB, 0xBF], [0xE2, 0x80, 0xA8], [0xC2, 0x85], [0x1B, 0x5B, 0x33, 0x31, 0x6D],
    ];

    /// <summary>Damages some bytes.</summary>
    /// <param name="original">The file.</param>
    /// <param name="random">The random numbers.</param>
    /// <param name="other">Another file to splice with.</param>
    public static byte[] Mutate(byte[] original, Random random, byte[] other)
    {
        byte[] bytes = [.. original];
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            bytes = Once(bytes, random, other);
        }

        return bytes;
    }

    /// <summary>Overwrites some bytes; the file keeps its length, and so a database its pages.</summary>
    /// <param name="original">The file.</param>
    /// <param name="random">The random numbers.</param>
    public static byte[] Overwrite(byte[] original, Random random)
    {
        byte[] bytes = [.. original];
        for (var times = random.Next(1, 6); times > 0; times--)
        {
            var at = random.Next(bytes.Length);
            var length = Math.Min(random.Next(8) == 0 ? random.Next(1, 5000) : random.Next(1, 9), bytes.Length - at);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.AsSpan(at, length).Clear();
                    break;
                case 2:
                    bytes.AsSpan(random.Next(bytes.Length - length + 1), length).CopyTo(bytes.AsSpan(at));
                    break;
                default:
                    random.NextBytes(bytes.AsSpan(at, length));
                    break;
            }
        }

        return bytes;
    }

    private static byte[] Once(byte[] bytes, Random random, byte[] other)
    {
        var at = random.Next(bytes.Length + 1);
        var length = Math.Min(random.Next(1, 40), bytes.Length - at);
        switch (random.Next(12))
        {
            case 0 when at < bytes.Length:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1 when at < bytes.Length:
                bytes[at] = s_telling[random.Next(s_telling.Length)];
                return bytes;
            case 2:
                return [.. bytes.AsSpan(0, at), .. bytes.AsSpan(at + length)];
            case 3:
                return [.. bytes.AsSpan(0, at), s_telling[random.Next(s_telling.Length)], .. bytes.AsSpan(at)];
            case 4:
                return [.. bytes.AsSpan(0, at), .. s_invalid[random.Next(s_invalid.Length)], .. bytes.AsSpan(at)];
            case 5:
                return [.. bytes.AsSpan(0, at), .. bytes.AsSpan(at, length), .. bytes.AsSpan(at)];
            case 6:
                var target = random.Next(bytes.Length - length + 1);
                return [.. bytes.AsSpan(0, target), .. bytes.AsSpan(at, length), .. bytes.AsSpan(target)];
            case 7 when random.Next(3) == 0:
                return bytes[..at];
            case 8 when random.Next(3) == 0:
                return [.. bytes.AsSpan(0, at), .. other.AsSpan(random.Next(other.Length + 1))];
            case 9 when random.Next(3) == 0:
                return [.. bytes, .. bytes];
            case 10 when random.Next(3) == 0:
                return Encoded(bytes, random);
            case 11 when length > 0:
                bytes.AsSpan(at, length).Clear();
                return bytes;
            default:
                return at < bytes.Length ? [.. bytes.AsSpan(0, at), .. bytes.AsSpan(at + 1)] : bytes;
        }
    }

    // What editors make of a text: a mark at its start, another encoding, other line ends.
    private static byte[] Encoded(byte[] bytes, Random random)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return random.Next(7) switch
        {
            0 => [0xEF, 0xBB, 0xBF, .. bytes],
            1 => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
            2 => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)],
            3 => Encoding.Unicode.GetBytes(text),
            4 => Encoding.Latin1.GetBytes(text),
            5 => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")),
            _ => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r")),
        };
    }
}
