using System.Buffers;
using Microsoft.ML.OnnxRuntime;

namespace FlowCompile.Models.Onnx;

/// <summary>
/// Keys and values that nobody writes into any more, of one text or of several that were read in one run. States share it; the last that
/// leaves releases it.
/// </summary>
internal sealed class KvBlock
{
    private readonly OrtValue[]? _values;
    private readonly byte[]? _bytes;
    private int _holders;

    private KvBlock(OrtValue[]? values, byte[]? bytes, int rows) => (_values, _bytes, Rows, _holders) = (values, bytes, rows, rows);

    /// <summary>How many texts' keys and values there are.</summary>
    public int Rows { get; }

    /// <summary>The tensors of a run; <see langword="null"/> for a copy of a lane's.</summary>
    public OrtValue[]? Values => _values;

    /// <summary>What a run gave, held by each of its texts.</summary>
    /// <param name="values">The tensors, owned from here on.</param>
    /// <param name="rows">How many texts there are.</param>
    public static KvBlock OfRun(OrtValue[] values, int rows) => new(values, null, rows);

    /// <summary>A copy of what a lane has, held once.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="tensors">How many tensors there are.</param>
    /// <param name="size">How many bytes each has.</param>
    public static KvBlock OfLane(DecoderLane lane, int tensors, int size)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(tensors * size);
        for (var i = 0; i < tensors; i++)
        {
            lane.Past(i, size).CopyTo(bytes.AsSpan(i * size));
        }

        return new KvBlock(null, bytes, rows: 1);
    }

    /// <summary>What a text has of one tensor.</summary>
    /// <param name="tensor">Which tensor.</param>
    /// <param name="row">Which text.</param>
    /// <param name="size">How many bytes that is.</param>
    public ReadOnlySpan<byte> Row(int tensor, int row, int size) =>
        _bytes is not null ? _bytes.AsSpan(tensor * size, size) : _values![tensor].GetTensorMutableRawData().Slice(row * size, size);

    /// <summary>Adds a holder, for one that holds it already.</summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>Takes a holder away.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _holders) > 0)
        {
            return;
        }

        foreach (var value in _values ?? [])
        {
            value.Dispose();
        }

        if (_bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }
    }
}
