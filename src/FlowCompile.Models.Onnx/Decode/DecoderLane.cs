using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using OrtRunOptions = Microsoft.ML.OnnxRuntime.RunOptions;

namespace FlowCompile.Models.Onnx;

/// <summary>
/// Memory in which the network reads one text at a time, and runs that are bound to it. Keys and values go to and fro between two sides: a run reads
/// them from one and writes them, and those of its tokens, to the other. A run at a place where an earlier text was read the same way is bound
/// already, so that reading on makes no objects.
/// </summary>
/// <param name="decoder">The network.</param>
/// <param name="session">Its session.</param>
/// <param name="inputNames">The inputs, in the order of <see cref="GraphLayout"/>.</param>
/// <param name="outputNames">The outputs, in the order of <see cref="GraphLayout"/>.</param>
internal sealed class DecoderLane(OnnxDecoder decoder, InferenceSession session, string[] inputNames, string[] outputNames) : IDisposable
{
    // Of each length of the context: read to and fro, with a forced end of thinking, and as a prompt.
    private const int RunsForEachLength = 4;

    private readonly Dictionary<(int Position, int Count, int Side), OrtIoBinding> _runs = [];
    private readonly long[] _tokens = Pinned<long>(decoder.Config.ContextLength);
    private readonly float[] _logits = Pinned<float>(decoder.Config.ContextLength * decoder.Config.VocabularySize);
    private readonly float[][] _sides = [Pinned<float>(decoder.CacheTensors * SizeOf(decoder)), Pinned<float>(decoder.CacheTensors * SizeOf(decoder))];
    private int _side;

    /// <summary>The keys or values of the tokens read.</summary>
    /// <param name="tensor">Which tensor.</param>
    /// <param name="size">How many bytes that is.</param>
    public Span<byte> Past(int tensor, int size) => MemoryMarshal.AsBytes(_sides[_side].AsSpan(tensor * SizeOf(decoder), size / sizeof(float)));

    /// <summary>Reads tokens. Where the run fails, keys and values are as before.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="position">How many tokens have been read.</param>
    /// <param name="tokens">The tokens, one or more.</param>
    /// <returns>The logits after the last of them, until the next run.</returns>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime failed.</exception>
    public ReadOnlySpan<float> Run(OrtRunOptions options, int position, ReadOnlySpan<int> tokens)
    {
        for (var i = 0; i < tokens.Length; i++)
        {
            _tokens[i] = tokens[i];
        }

        var key = (position, tokens.Length, _side);
        if (!_runs.TryGetValue(key, out var run))
        {
            if (_runs.Count >= RunsForEachLength * decoder.Config.ContextLength)
            {
                Dispose();
            }

            _runs.Add(key, run = Bind(position, tokens.Length));
        }

        session.RunWithBinding(options, run);
        _side = 1 - _side;
        return _logits.AsSpan((tokens.Length - 1) * decoder.Config.VocabularySize, decoder.Config.VocabularySize);
    }

    /// <summary>Releases the bound runs.</summary>
    public void Dispose()
    {
        foreach (var run in _runs.Values)
        {
            run.Dispose();
        }

        _runs.Clear();
    }

    private static int SizeOf(OnnxDecoder decoder) => decoder.CacheWidth * decoder.Config.ContextLength;

    private static T[] Pinned<T>(int count) => GC.AllocateUninitializedArray<T>(count, pinned: true);

    private OrtIoBinding Bind(int position, int count)
    {
        var run = session.CreateIoBinding();
        try
        {
            var (total, vocabulary) = (position + count, decoder.Config.VocabularySize);
            BindInput(run, 0, MemoryMarshal.CreateFromPinnedArray(_tokens, 0, count), [1, count]);
            BindInput(run, 1, decoder.Mask(total), [1, total]);
            BindInput(run, 2, decoder.Positions(position, count), [1, count]);
            BindOutput(run, 0, MemoryMarshal.CreateFromPinnedArray(_logits, 0, count * vocabulary), [1, count, vocabulary]);
            for (var i = 0; i < decoder.CacheTensors; i++)
            {
                BindInput(run, 3 + i, Side(_side, i, position), decoder.CacheShape(1, position));
                BindOutput(run, 1 + i, Side(1 - _side, i, total), decoder.CacheShape(1, total));
            }

            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    private Memory<float> Side(int side, int tensor, int tokens) =>
        MemoryMarshal.CreateFromPinnedArray(_sides[side], tensor * SizeOf(decoder), decoder.CacheWidth * tokens);

    // What is bound lives on in the run; the memory is this lane's, or the network's.
    private void BindInput<T>(OrtIoBinding run, int input, Memory<T> memory, long[] shape)
        where T : unmanaged
    {
        using var value = OnnxDecoder.Tensor(memory, shape);
        run.BindInput(inputNames[input], value);
    }

    private void BindOutput(OrtIoBinding run, int output, Memory<float> memory, long[] shape)
    {
        using var value = OnnxDecoder.Tensor(memory, shape);
        run.BindOutput(outputNames[output], value);
    }
}
