using System.Buffers;
using Microsoft.ML.OnnxRuntime;

namespace FlowCompile.Models.Onnx;

/// <summary>
/// The memory of one text under way: how many tokens the network has read, the keys and values it computed for them, and its logits.
/// One text, one state; not for several threads.
/// </summary>
/// <remarks>
/// A text that is read alone has its keys and values in a <see cref="DecoderLane"/>. What texts share, because they were read in one run or forked from
/// one another, is in a <see cref="KvBlock"/>; a text that goes on alone takes a copy of its part into a lane of its own. Of a state that nobody
/// disposed, the tensors and bound runs are released by their own finalizers.
/// </remarks>
internal sealed class DecoderState : ITextState
{
    private readonly OnnxDecoder _decoder;
    private readonly float[] _logits;
    private DecoderLane? _lane;

    // Of the tokens read, as the lane's; null before the first, and where the lane alone has them.
    private KvBlock? _block;

    public DecoderState(OnnxDecoder decoder)
    {
        decoder.Hold();
        _decoder = decoder;
        _logits = ArrayPool<float>.Shared.Rent(decoder.Config.VocabularySize);
    }

    /// <summary>Whether the state is disposed.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>How many tokens the network has read.</summary>
    public int Position { get; private set; }

    /// <summary>The logits after the last token read.</summary>
    public ReadOnlySpan<float> Logits => LogitsRoom;

    /// <summary>Room for the logits.</summary>
    public Span<float> LogitsRoom => _logits.AsSpan(0, _decoder.Config.VocabularySize);

    /// <summary>The keys and values of the tokens read, as a run gave them; <see langword="null"/> before the first, and where they are elsewhere.</summary>
    public OrtValue[]? Past => _block?.Values;

    /// <summary>How many texts' keys and values <see cref="Past"/> has.</summary>
    public int PastRows => _block?.Rows ?? 0;

    /// <summary>Which of them are this text's, from 0.</summary>
    public int Row { get; private set; }

    private int Size => _decoder.CacheTokenSize * Position;

    /// <summary>The lane that the text is in from here on, with its keys and values.</summary>
    public DecoderLane EnterLane()
    {
        if (_lane is null)
        {
            var lane = _decoder.RentLane();
            for (var i = 0; _block is not null && i < _decoder.CacheTensors; i++)
            {
                _block.Row(i, Row, Size).CopyTo(lane.Past(i, Size));
            }

            _lane = lane;
        }

        return _lane;
    }

    /// <summary>Goes on after a run in the lane.</summary>
    /// <param name="tokens">How many tokens the run read.</param>
    public void AdvanceInLane(int tokens)
    {
        _block?.Leave();
        _block = null;
        Row = 0;
        Position += tokens;
    }

    /// <summary>Goes on after another run.</summary>
    /// <param name="block">The keys and values that the run gave, which this state holds from here on.</param>
    /// <param name="row">Which of its texts this one is.</param>
    /// <param name="tokens">How many tokens of it the run read.</param>
    public void Advance(KvBlock block, int row, int tokens)
    {
        LeaveLane();
        _block?.Leave();
        _block = block;
        Row = row;
        Position += tokens;
    }

    /// <summary>Copies keys or values of the tokens read.</summary>
    /// <param name="tensor">Which tensor.</param>
    /// <param name="to">Where to.</param>
    public void CopyPast(int tensor, Span<byte> to) => (_lane is null ? _block!.Row(tensor, Row, Size) : _lane.Past(tensor, Size)).CopyTo(to);

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> tokens) => _decoder.Run(this, tokens);

    ITextState ITextState.Fork() => Fork();

    /// <summary>A state that goes on from here on its own, without the logits. The keys and values so far are shared.</summary>
    public DecoderState Fork()
    {
        var fork = new DecoderState(_decoder) { Position = Position, Row = Row };
        if (Position > 0)
        {
            // Made once for all forks from here.
            _block ??= KvBlock.OfLane(_lane!, _decoder.CacheTensors, Size);
            _block.Hold();
            fork._block = _block;
        }

        return fork;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!IsDisposed)
        {
            IsDisposed = true;
            LeaveLane();
            _block?.Leave();
            _block = null;
            ArrayPool<float>.Shared.Return(_logits);
            _decoder.Release();
        }
    }

    private void LeaveLane()
    {
        if (_lane is not null)
        {
            _decoder.ReturnLane(_lane);
            _lane = null;
        }
    }
}
