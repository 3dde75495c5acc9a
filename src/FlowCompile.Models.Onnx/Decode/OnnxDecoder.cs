using System.Runtime.InteropServices;

namespace FlowCompile.Models.Onnx;

/// <summary>
/// A decoder network in ONNX Runtime: reads tokens and gives the logits of the one after. Knows nothing of text, thinking or choosing.
/// Several threads may run it at once, each with a <see cref="DecoderState"/> of its own.
/// </summary>
internal sealed unsafe partial class OnnxDecoder : IDisposable
{
    private readonly long[] _positions;
    private readonly long[] _ones;
    private readonly NativeNames _inputNames;
    private readonly NativeNames _outputNames;
    private readonly OrtHandle _session;

    // Where keys and values are put by hand; null on the CPU, where ONNX Runtime's own choice is right.
    private readonly OrtHandle? _cacheAllocator;

    // The session's own, which keeps what is freed: keys and values are put together for many a batch.
    private readonly OrtHandle? _batchAllocator;

    /// <summary>Creates a decoder over a session whose inputs and outputs have been checked.</summary>
    /// <param name="session">The session, owned from here on.</param>
    /// <param name="config">The network's sizes.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="cacheAllocator">
    /// Allocates keys and values where the network wants them, so that they never leave the device; owned from here on.
    /// <see langword="null"/> leaves them to ONNX Runtime, which puts them into the CPU's memory.
    /// </param>
    /// <exception cref="OrtException">ONNX Runtime failed.</exception>
    public OnnxDecoder(OrtHandle session, ModelConfig config, string device, OrtHandle? cacheAllocator)
    {
        _session = session;
        Config = config;
        Device = device;
        _cacheAllocator = cacheAllocator;
        _batchAllocator = cacheAllocator is null ? SessionAllocator.Create(session, "Cpu", 0) : null;
        CacheTensors = 2 * config.Layers;

        // Pinned for good: tensors of every call are made over parts of them.
        _positions = GC.AllocateUninitializedArray<long>(config.ContextLength, pinned: true);
        _ones = GC.AllocateUninitializedArray<long>(config.ContextLength, pinned: true);
        for (var i = 0; i < config.ContextLength; i++)
        {
            _positions[i] = i;
            _ones[i] = 1;
        }

        _inputNames = new NativeNames(GraphSignature.Inputs(config));
        _outputNames = new NativeNames(GraphSignature.Outputs(config));
    }

    /// <summary>The network's sizes.</summary>
    public ModelConfig Config { get; }

    /// <summary>Where the network runs: <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; }

    /// <summary>How many tensors of keys and values a state has.</summary>
    public int CacheTensors { get; }

    /// <summary>Keeps the session open until <see cref="Release"/>. Each state does, so that a call under way outlives <see cref="Dispose"/>.</summary>
    /// <exception cref="ObjectDisposedException">The decoder is disposed.</exception>
    public void Hold()
    {
        var held = false;
        _session.DangerousAddRef(ref held);
        _cacheAllocator?.DangerousAddRef(ref held);
        _batchAllocator?.DangerousAddRef(ref held);
    }

    /// <summary>Ends a <see cref="Hold"/>.</summary>
    public void Release()
    {
        _batchAllocator?.DangerousRelease();
        _cacheAllocator?.DangerousRelease();
        _session.DangerousRelease();
    }

    /// <summary>Lets the network read tokens. The logits after the last of them are in the state then.</summary>
    /// <param name="state">The text so far; goes on by the tokens, or stays as it was where the run fails.</param>
    /// <param name="tokens">The tokens, one or more; with those read before no more than the context holds.</param>
    /// <exception cref="OrtException">ONNX Runtime failed.</exception>
    public void Run(DecoderState state, ReadOnlySpan<int> tokens)
    {
        ArgumentOutOfRangeException.ThrowIfZero(tokens.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(state.Position + tokens.Length, Config.ContextLength);
        ObjectDisposedException.ThrowIf(state.IsClosed, state);
        if (state.PastRows > 1)
        {
            Run([state], tokens, tokens.Length);
            return;
        }

        for (var i = 0; i < tokens.Length; i++)
        {
            state.Tokens[i] = tokens[i];
        }

        var api = OrtApi.Current;
        var count = tokens.Length;
        var total = state.Position + count;
        var one = count == 1;
        var inputs = stackalloc nint[3 + CacheTensors];
        var outputs = stackalloc nint[1 + CacheTensors];
        new Span<nint>(inputs, 3).Clear();
        outputs[0] = one ? state.OneRow : 0;
        var past = state.Past;
        var present = state.Present();
        var done = false;
        try
        {
            inputs[0] = one ? state.OneToken : api.CreateTensor(state.Tokens, Bytes(count), [1, count], OrtElementType.Int64);
            inputs[1] = api.CreateTensor(Pinned(_ones), Bytes(total), [1, total], OrtElementType.Int64);
            inputs[2] = api.CreateTensor(Pinned(_positions) + state.Position, Bytes(count), [1, count], OrtElementType.Int64);
            for (var i = 0; i < CacheTensors; i++)
            {
                inputs[3 + i] = past is null ? state.EmptyPast : past[i];
                present[i] = _cacheAllocator is null
                    ? 0
                    : api.CreateTensor(_cacheAllocator.Value, [1, Config.Heads, total, Config.HeadSize], OrtElementType.Float);
                outputs[1 + i] = present[i];
            }

            api.Run(_session.Value, _inputNames.Pointer, inputs, _inputNames.Count, _outputNames.Pointer, outputs, _outputNames.Count);
            new ReadOnlySpan<nint>(outputs + 1, CacheTensors).CopyTo(new Span<nint>(present, CacheTensors));
            if (!one)
            {
                var last = Logits(api, outputs[0], count)[^Config.VocabularySize..];
                last.CopyTo(new Span<float>(state.LogitsData, Config.VocabularySize));
            }

            done = true;
        }
        finally
        {
            if (done)
            {
                state.Advance(count);
            }
            else
            {
                state.DropPresent();
            }

            ReleaseValue(one ? 0 : inputs[0]);
            ReleaseValue(inputs[1]);
            ReleaseValue(inputs[2]);
            ReleaseValue(one ? 0 : outputs[0]);
            GC.KeepAlive(this);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _batchAllocator?.Dispose();
        _cacheAllocator?.Dispose();
        _session.Dispose();
    }

    // A graph may leave the vocabulary's size open, so that only the run shows it.
    private ReadOnlySpan<float> Logits(OrtApi api, nint logits, int tokens)
    {
        var (size, wanted) = (api.GetElementCount(logits), (long)tokens * Config.VocabularySize);
        return size == wanted
            ? new ReadOnlySpan<float>((float*)api.GetTensorData(logits), checked((int)wanted))
            : throw new OrtException($"the graph gave {size} logits for {tokens} tokens, and {wanted} are expected by {ModelFolder.Config}");
    }

    private static nuint Bytes(int count) => (nuint)count * sizeof(long);

    private static long* Pinned(long[] array) => (long*)Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);

    private static void ReleaseValue(nint value)
    {
        if (value != 0)
        {
            OrtApi.Current.ReleaseValue(value);
        }
    }
}
