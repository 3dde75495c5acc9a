using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FlowCompile.Models.Onnx;

/// <summary>Runs over several texts at once.</summary>
internal sealed partial class OnnxDecoder
{
    /// <summary>
    /// Whether several texts can be read in one run, and come out as when each is read alone. On a device their keys and values would have to be put together there; a graph
    /// with branches reads on by single tokens; and where activations are rounded by the largest of a run, company changes them.
    /// </summary>
    public bool CanBatch => _cacheAllocator is null && !_layout.HasBranches && !_layout.RoundsByRun;

    /// <summary>
    /// Lets the network read tokens of several texts that are equally long so far, the same number of each. With nothing to pad, each
    /// text's logits come from the same operations as in a run of its own.
    /// </summary>
    /// <param name="states">The texts; all go on by their tokens, or stay as they were where the run fails.</param>
    /// <param name="tokens">The tokens: those of the first text, then those of the second, and so on.</param>
    /// <param name="count">How many tokens of each, 1 or more; with those read before no more than the context holds.</param>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime failed.</exception>
    /// <exception cref="InvalidOperationException">The graph gives another number of logits than its configuration says.</exception>
    public void Run(IReadOnlyList<DecoderState> states, ReadOnlySpan<int> tokens, int count)
    {
        ArgumentOutOfRangeException.ThrowIfZero(states.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(tokens.Length, states.Count * count);
        var (rows, position) = (states.Count, states[0].Position);
        var total = position + count;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(total, Config.ContextLength);
        for (var row = 0; row < rows; row++)
        {
            ObjectDisposedException.ThrowIf(states[row].IsDisposed, states[row]);
            ArgumentOutOfRangeException.ThrowIfNotEqual(states[row].Position, position);
        }

        var inputs = new OrtValue?[_inputNames.Length];
        var numbers = ArrayPool<long>.Shared.Rent(2 * rows * count);
        for (var i = 0; i < rows * count; i++)
        {
            numbers[i] = tokens[i];
            numbers[(rows * count) + i] = position + (i % count);
        }

        var past = PastOf(states);
        IDisposableReadOnlyCollection<OrtValue>? outputs = null;
        try
        {
            Feed(inputs, numbers.AsMemory(0, rows * count), numbers.AsMemory(rows * count, rows * count), rows, position);
            for (var i = 0; i < CacheTensors; i++)
            {
                inputs[_layout.CacheStart + i] = past is null ? Gather(states, i) : past[i];
            }

            outputs = _session.Run(_runOptions, _inputNames, inputs!, _outputNames);
            ReadLogits(states, outputs[0], count);
            Advance(states, outputs, count);
            outputs = null;
        }
        finally
        {
            Free(inputs, past is null ? inputs.Length : _layout.CacheStart);
            outputs?.Dispose();
            ArrayPool<long>.Shared.Return(numbers);
            GC.KeepAlive(this);
        }
    }

    // A graph may leave the vocabulary's size open, so that only the run shows it.
    private void ReadLogits(IReadOnlyList<DecoderState> states, OrtValue value, int count)
    {
        var (rows, kept) = (states.Count, _layout.KeptShape is null ? count : 1);
        var bytes = value.GetTensorMutableRawData();
        var size = _layout.LogitsType == TensorElementType.Float ? sizeof(float) : sizeof(ushort);
        if (bytes.Length != (long)rows * kept * Config.VocabularySize * size)
        {
            throw new InvalidOperationException(
                $"The graph gave {bytes.Length / size} logits for {rows * count} tokens, and {(long)rows * kept * Config.VocabularySize} are expected by {ModelFolder.Config}.");
        }

        var width = Config.VocabularySize * size;
        for (var row = 0; row < rows; row++)
        {
            Widen(bytes.Slice(((row * kept) + kept - 1) * width, width), states[row].LogitsRoom);
        }
    }

    private void Widen(ReadOnlySpan<byte> from, Span<float> to)
    {
        switch (_layout.LogitsType)
        {
            case TensorElementType.Float:
                MemoryMarshal.Cast<byte, float>(from).CopyTo(to);
                break;
            case TensorElementType.Float16:
                var halves = MemoryMarshal.Cast<byte, Half>(from);
                for (var i = 0; i < halves.Length; i++)
                {
                    to[i] = (float)halves[i];
                }

                break;
            default:
                // A bfloat16 is the upper half of a float.
                var uppers = MemoryMarshal.Cast<byte, ushort>(from);
                for (var i = 0; i < uppers.Length; i++)
                {
                    to[i] = BitConverter.UInt32BitsToSingle((uint)uppers[i] << 16);
                }

                break;
        }
    }

    private void Advance(IReadOnlyList<DecoderState> states, IDisposableReadOnlyCollection<OrtValue> outputs, int count)
    {
        outputs[0].Dispose();
        var values = new OrtValue[CacheTensors];
        for (var i = 0; i < CacheTensors; i++)
        {
            values[i] = outputs[1 + i];
        }

        var block = KvBlock.OfRun(values, states.Count);
        for (var row = 0; row < states.Count; row++)
        {
            states[row].Advance(block, row, count);
        }
    }

    // Texts that were read together by the run before, all of them and in the same order, have their past as it came out.
    private static OrtValue[]? PastOf(IReadOnlyList<DecoderState> states)
    {
        var past = states[0].Past;
        for (var row = 0; row < states.Count; row++)
        {
            if (past is null || states[row].Past != past || states[row].Row != row)
            {
                return null;
            }
        }

        return states[0].PastRows == states.Count ? past : null;
    }

    private OrtValue Gather(IReadOnlyList<DecoderState> states, int tensor)
    {
        var size = CacheTokenSize * states[0].Position;
        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, _layout.CacheType, CacheShape(states.Count, states[0].Position));
        if (size > 0)
        {
            var to = value.GetTensorMutableRawData();
            for (var row = 0; row < states.Count; row++)
            {
                states[row].CopyPast(tensor, to.Slice(row * size, size));
            }
        }

        return value;
    }
}
