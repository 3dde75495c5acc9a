using System.Text;
using System.Text.Unicode;

namespace FlowCompile.Text;

/// <summary>Says of bytes that are to be UTF-8 where they are not.</summary>
internal static class Utf8Text
{
    /// <summary>The first byte that begins no character; <see langword="null"/> where all do.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The line and the byte in it, both from 1, and what is wrong in words.</returns>
    public static (int Line, int Position, string Problem)? FindInvalid(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            return null;
        }

        var at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        var before = bytes[..at];
        var (line, position) = (before.Count((byte)'\n') + 1, at - before.LastIndexOf((byte)'\n'));
        return (line, position, FormattableString.Invariant($"the byte 0x{bytes[at]:X2}, byte {position} of the line, is not UTF-8; save the file as UTF-8"));
    }
}
