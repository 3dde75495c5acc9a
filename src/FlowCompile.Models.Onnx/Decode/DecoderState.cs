using System.Runtime.InteropServices;

namespace FlowCompile.Models.Onnx;

/// <summary>
/// The memory of one text under way: how many tokens the network has read, the keys and values it computed for them, and its logits.
/// The keys and values stay tensors of ONNX Runtime and are fed back as they are. One text, one state; not for several threads.
/// </summary>
/// <remarks>
/// The network never writes into keys and values it was given, so that states forked from one another share them, and so do those that were
/// read in one run, each with a row of its own: they are in blocks counted by how many states hold them. Derived from
/// <see cref="SafeHandle"/> so that a state nobody disposed is released too.
/// </remarks>
internal sealed unsafe class DecoderState : SafeHandle
{
    private readonly OnnxDecoder _decoder;
    private readonly nuint _blockBytes;
    private KvBlock* _current;
    private KvBlock* _spare;

    public DecoderState(OnnxDecoder decoder)
        : base(0, ownsHandle: true)
    {
        _decoder = decoder;
        _blockBytes = (nuint)(sizeof(KvBlock) + (decoder.CacheTensors * sizeof(nint)));
        decoder.Hold();
        try
        {
            var config = decoder.Config;
            SetHandle((nint)NativeMemory.Alloc((nuint)((config.ContextLength * sizeof(long)) + (config.VocabularySize * sizeof(float)))));
            Tokens = (long*)handle;
            LogitsData = (float*)(Tokens + config.ContextLength);
            var api = OrtApi.Current;
            OneToken = api.CreateTensor(Tokens, sizeof(long), [1, 1], OrtElementType.Int64);
            OneRow = api.CreateTensor(
                LogitsData, (nuint)config.VocabularySize * sizeof(float), [1, 1, config.VocabularySize], OrtElementType.Float);
            EmptyPast = api.CreateTensor(Tokens, 0, [1, config.Heads, 0, config.HeadSize], OrtElementType.Float);
        }
        catch
        {
            if (IsInvalid)
            {
                decoder.Release();
            }

            Dispose();
            throw;
        }
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>How many tokens the network has read.</summary>
    public int Position { get; private set; }

    /// <summary>The logits after the last token read.</summary>
    public ReadOnlySpan<float> Logits => new(LogitsData, _decoder.Config.VocabularySize);

    /// <summary>Room for the ids of a run, as many as the context holds.</summary>
    public long* Tokens { get; }

    /// <summary>Where the logits lie.</summary>
    public float* LogitsData { get; }

    /// <summary>A tensor over the first of <see cref="Tokens"/>.</summary>
    public nint OneToken { get; }

    /// <summary>A tensor over <see cref="LogitsData"/>.</summary>
    public nint OneRow { get; }

    /// <summary>The keys and values of no tokens.</summary>
    public nint EmptyPast { get; }

    /// <summary>The keys and values of the tokens read; <see langword="null"/> before the first.</summary>
    public nint* Past => _current is null ? null : Values(_current);

    /// <summary>How many texts' keys and values <see cref="Past"/> has.</summary>
    public int PastRows => _current is null ? 0 : (int)_current->Rows;

    /// <summary>Which of them are this text's, from 0.</summary>
    public int Row { get; private set; }

    /// <summary>Room for the keys and values of the next run; all 0.</summary>
    public nint* Present()
    {
        if (_spare is null)
        {
            _spare = (KvBlock*)NativeMemory.AllocZeroed(_blockBytes);
        }

        return Values(_spare);
    }

    /// <summary>Makes <see cref="Present"/> the past, after a run that went well.</summary>
    /// <param name="tokens">How many tokens the run read.</param>
    public void Advance(int tokens)
    {
        var past = _current;
        _current = _spare;
        _current->Holders = 1;
        _current->Rows = 1;
        _spare = null;
        Row = 0;
        Position += tokens;
        if (past is not null && Interlocked.Decrement(ref past->Holders) == 0)
        {
            Clear(past);
            _spare = past;
        }
    }

    /// <summary>Makes <see cref="Present"/> of the first of several states the past of all of them, after a run that read tokens of each.</summary>
    /// <param name="states">The states, in the order of the run's rows; the first one's room has the keys and values of all.</param>
    /// <param name="tokens">How many tokens of each the run read.</param>
    public static void Advance(IReadOnlyList<DecoderState> states, int tokens)
    {
        var block = states[0]._spare;
        states[0]._spare = null;
        block->Holders = block->Rows = states.Count;
        for (var row = 0; row < states.Count; row++)
        {
            var state = states[row];
            var past = state._current;
            state._current = block;
            state.Row = row;
            state.Position += tokens;
            state.Leave(past);
        }
    }

    /// <summary>Empties <see cref="Present"/>, after a run that failed.</summary>
    public void DropPresent() => Clear(_spare);

    /// <summary>A state that goes on from here on its own, without the logits. The keys and values so far are shared.</summary>
    public DecoderState Fork()
    {
        var fork = new DecoderState(_decoder) { Position = Position, Row = Row, _current = _current };
        if (_current is not null)
        {
            Interlocked.Increment(ref _current->Holders);
        }

        return fork;
    }

    protected override bool ReleaseHandle()
    {
        Leave(_current);
        if (_spare is not null)
        {
            Clear(_spare);
            NativeMemory.Free(_spare);
        }

        foreach (var value in (ReadOnlySpan<nint>)[OneToken, OneRow, EmptyPast])
        {
            if (value != 0)
            {
                OrtApi.Current.ReleaseValue(value);
            }
        }

        NativeMemory.Free((void*)handle);
        _decoder.Release();
        return true;
    }

    private void Leave(KvBlock* block)
    {
        if (block is not null && Interlocked.Decrement(ref block->Holders) == 0)
        {
            Clear(block);
            NativeMemory.Free(block);
        }
    }

    private void Clear(KvBlock* block)
    {
        foreach (ref var value in new Span<nint>(Values(block), _decoder.CacheTensors))
        {
            if (value != 0)
            {
                OrtApi.Current.ReleaseValue(value);
                value = 0;
            }
        }
    }

    private static nint* Values(KvBlock* block) => (nint*)(block + 1);

    // The values follow the block. In native memory, because the finalizer's thread may be the one that releases it.
    private struct KvBlock
    {
        public long Holders;
        public long Rows;
    }
}
