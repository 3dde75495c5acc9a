using System.Runtime.InteropServices;

namespace FlowCompile.Models.Onnx;

/// <summary>Runs over several texts at once.</summary>
internal sealed unsafe partial class OnnxDecoder
{
    /// <summary>Whether several texts can be read in one run. On a device their keys and values would have to be put together there.</summary>
    public bool CanBatch => _batchAllocator is not null;

    /// <summary>
    /// Lets the network read tokens of several texts that are equally long so far, the same number of each. With nothing to pad, each
    /// text's logits come from the same operations as in a run of its own.
    /// </summary>
    /// <param name="states">The texts; all go on by their tokens, or stay as they were where the run fails.</param>
    /// <param name="tokens">The tokens: those of the first text, then those of the second, and so on.</param>
    /// <param name="count">How many tokens of each, 1 or more; with those read before no more than the context holds.</param>
    /// <exception cref="OrtException">ONNX Runtime failed.</exception>
    public void Run(IReadOnlyList<DecoderState> states, ReadOnlySpan<int> tokens, int count)
    {
        ArgumentOutOfRangeException.ThrowIfZero(states.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(tokens.Length, states.Count * count);
        var (rows, position) = (states.Count, states[0].Position);
        var total = position + count;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(total, Config.ContextLength);
        foreach (var state in states)
        {
            ObjectDisposedException.ThrowIf(state.IsClosed, state);
            ArgumentOutOfRangeException.ThrowIfNotEqual(state.Position, position);
        }

        var api = OrtApi.Current;
        var numbers = (long*)NativeMemory.Alloc((nuint)(rows * (count + count + total)), sizeof(long));
        var ids = numbers;
        var positions = ids + (rows * count);
        var mask = positions + (rows * count);
        for (var i = 0; i < rows * count; i++)
        {
            ids[i] = tokens[i];
            positions[i] = position + (i % count);
        }

        new Span<long>(mask, rows * total).Fill(1);
        var inputs = stackalloc nint[3 + CacheTensors];
        var outputs = stackalloc nint[1 + CacheTensors];
        new Span<nint>(inputs, 3 + CacheTensors).Clear();
        new Span<nint>(outputs, 1 + CacheTensors).Clear();
        var present = states[0].Present();
        var isPast = IsPastOf(states);
        try
        {
            inputs[0] = api.CreateTensor(ids, Bytes(rows * count), [rows, count], OrtElementType.Int64);
            inputs[1] = api.CreateTensor(mask, Bytes(rows * total), [rows, total], OrtElementType.Int64);
            inputs[2] = api.CreateTensor(positions, Bytes(rows * count), [rows, count], OrtElementType.Int64);
            for (var i = 0; i < CacheTensors; i++)
            {
                inputs[3 + i] = isPast ? states[0].Past[i] : Gather(api, states, i);
            }

            api.Run(_session.Value, _inputNames.Pointer, inputs, _inputNames.Count, _outputNames.Pointer, outputs, _outputNames.Count);
            var logits = Logits(api, outputs[0], rows * count);
            for (var row = 0; row < rows; row++)
            {
                var last = ((row * count) + count - 1) * Config.VocabularySize;
                logits.Slice(last, Config.VocabularySize).CopyTo(new Span<float>(states[row].LogitsData, Config.VocabularySize));
            }

            new ReadOnlySpan<nint>(outputs + 1, CacheTensors).CopyTo(new Span<nint>(present, CacheTensors));
            new Span<nint>(outputs + 1, CacheTensors).Clear();
            DecoderState.Advance(states, count);
        }
        finally
        {
            for (var i = 0; i < (isPast ? 3 : 3 + CacheTensors); i++)
            {
                ReleaseValue(inputs[i]);
            }

            for (var i = 0; i <= CacheTensors; i++)
            {
                ReleaseValue(outputs[i]);
            }

            NativeMemory.Free(numbers);
            GC.KeepAlive(this);
        }
    }

    // Texts that were read together by the run before, all of them and in the same order, have their past as it came out.
    private static bool IsPastOf(IReadOnlyList<DecoderState> states)
    {
        var past = states[0].Past;
        for (var row = 0; row < states.Count; row++)
        {
            if (past is null || states[row].Past != past || states[row].Row != row)
            {
                return false;
            }
        }

        return states[0].PastRows == states.Count;
    }

    private nint Gather(OrtApi api, IReadOnlyList<DecoderState> states, int tensor)
    {
        var size = Config.Heads * states[0].Position * Config.HeadSize;
        var value = api.CreateTensor(_batchAllocator!.Value, [states.Count, Config.Heads, states[0].Position, Config.HeadSize], OrtElementType.Float);
        if (size > 0)
        {
            var to = (float*)api.GetTensorData(value);
            for (var row = 0; row < states.Count; row++)
            {
                var from = (float*)api.GetTensorData(states[row].Past[tensor]) + ((long)states[row].Row * size);
                new ReadOnlySpan<float>(from, size).CopyTo(new Span<float>(to + ((long)row * size), size));
            }
        }

        return value;
    }
}
