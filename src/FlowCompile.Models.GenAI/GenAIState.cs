using FlowCompile.Models.Onnx;

namespace FlowCompile.Models.GenAI;

/// <summary>One text under way in ONNX Runtime GenAI.</summary>
internal sealed class GenAIState : ITextState
{
    private readonly GenAIDecoder _decoder;
    private readonly GenAIText _text;
    private readonly List<int> _read;
    private readonly float[] _logits;
    private bool _isDisposed;

    /// <summary>Begins a state.</summary>
    /// <param name="decoder">The network.</param>
    /// <param name="text">Its keys and values, which the state holds.</param>
    /// <param name="position">How many tokens it has read.</param>
    /// <param name="read">The tokens.</param>
    public GenAIState(GenAIDecoder decoder, GenAIText text, int position, List<int> read)
    {
        (_decoder, _text, Position, _read) = (decoder, text, position, read);
        _logits = new float[decoder.VocabularySize];
    }

    /// <inheritdoc/>
    public int Position { get; private set; }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Logits => _logits;

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> tokens)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentOutOfRangeException.ThrowIfZero(tokens.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Position + tokens.Length, _decoder.ContextLength);
        _text.Read(_read, tokens, _logits);
        _read.AddRange(tokens);
        Position += tokens.Length;
    }

    /// <inheritdoc/>
    public ITextState Fork()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _text.Hold();
        return new GenAIState(_decoder, _text, Position, [.. _read]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _text.Leave();
        }
    }
}
