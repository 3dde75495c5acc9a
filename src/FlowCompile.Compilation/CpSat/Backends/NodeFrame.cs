using System.Buffers.Binary;
using System.Text;

namespace FlowCompile.Compilation.CpSat.Backends;

/// <summary>What goes over the streams between FlowCompile and the driver <c>solve.mjs</c>, where the format is described.</summary>
internal static class NodeFrame
{
    private const int MaxLength = 256 * 1024 * 1024;
    private const int HeadLength = 9;

    public static async Task WriteAsync(Stream stream, byte[] model, byte[] parameters, CancellationToken cancellationToken)
    {
        var frame = new byte[8 + model.Length + parameters.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, model.Length);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(4), parameters.Length);
        model.CopyTo(frame, 8);
        parameters.CopyTo(frame, 8 + model.Length);
        await stream.WriteAsync(frame, cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads an answer: a response, or an error's text.</summary>
    /// <exception cref="InvalidDataException">What came is no answer; the message quotes its start.</exception>
    /// <exception cref="EndOfStreamException">The stream ended first.</exception>
    public static async Task<(bool IsResponse, byte[] Bytes)> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new byte[HeadLength];
        var read = await stream.ReadAtLeastAsync(head, 4, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (read > 0 && !"FCSP"u8.StartsWith(head.AsSpan(0, Math.Min(read, 4))))
        {
            throw new InvalidDataException($"it begins with '{Text(head.AsSpan(0, read))}'");
        }

        await stream.ReadExactlyAsync(head.AsMemory(read), cancellationToken).ConfigureAwait(false);
        var (kind, length) = (head[4], BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(5)));
        if (kind > 1 || length is < 0 or > MaxLength)
        {
            throw new InvalidDataException(FormattableString.Invariant($"it is of kind {kind} and {length} bytes long"));
        }

        var bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        return (kind == 1, bytes);
    }

    /// <summary>Bytes as text for a message: one line, nothing unprintable.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) =>
        string.Concat(Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 200)]).Select(c => char.IsControl(c) ? ' ' : c)).Trim();
}
