namespace FlowCompile.Models.Onnx;

/// <summary>
/// One text being generated, token by token: thinking up to the budget, then the answer. When the budget is spent the end of thinking is
/// put there, in the same run as the last thinking token. Not for several threads.
/// </summary>
internal sealed class Generation : IDisposable
{
    private readonly OnnxDecoder _decoder;
    private readonly GenerationConfig _config;
    private readonly GenerationSettings _settings;
    private readonly TokenSampler _sampler;
    private readonly TimeProvider _time;
    private readonly DecoderState _state;
    private readonly List<int> _thinking;
    private readonly List<int> _answer;
    private readonly List<TimeSpan> _times;
    private readonly TimeSpan _before;
    private readonly int _newTokens;
    private long? _start;
    private bool _isThinking;

    // What the network has not read yet: the prompt first, then the last token, with a forced end of thinking behind it.
    private int[] _unread;
    private int _unreadCount;

    /// <summary>Begins a text.</summary>
    /// <param name="decoder">The network.</param>
    /// <param name="config">Which tokens mean what.</param>
    /// <param name="settings">What is asked for.</param>
    /// <param name="prompt">The prompt's ids, without the token that begins thinking.</param>
    /// <param name="time">The clock.</param>
    /// <param name="start">When the call began, by that clock.</param>
    /// <exception cref="PromptException">The context has no room for the prompt and an answer.</exception>
    public Generation(
        OnnxDecoder decoder, GenerationConfig config, GenerationSettings settings, IReadOnlyList<int> prompt, TimeProvider time, long start)
    {
        _decoder = decoder;
        _config = config;
        _settings = settings;
        _time = time;
        _start = start;
        (_thinking, _answer, _times) = ([], [], []);
        _unread = [.. prompt];
        if (config is { ThinkStart: { } thinkStart, ThinkEnd: { } thinkEnd })
        {
            _isThinking = settings.Budget != 0;
            _unread = _isThinking ? [.. prompt, thinkStart] : [.. prompt, thinkStart, thinkEnd];
        }

        _unreadCount = _unread.Length;
        InputTokens = prompt.Count + (config.ThinkStart is null ? 0 : 1);
        if (prompt.Count == 0 || _unread.Length >= decoder.Config.ContextLength)
        {
            throw new PromptException(prompt.Count == 0
                ? "The prompt is empty."
                : $"The prompt has {_unread.Length} tokens, and the model's context holds {decoder.Config.ContextLength} with the answer.");
        }

        _newTokens = settings.MaxNewTokens ?? int.MaxValue;
        _sampler = new TokenSampler(settings.Sampling, decoder.Config.VocabularySize);
        _state = new DecoderState(decoder);
    }

    private Generation(Generation parent, int thinkEnd)
    {
        _decoder = parent._decoder;
        _config = parent._config;
        _settings = parent._settings;
        _time = parent._time;
        (_thinking, _answer, _times) = ([.. parent._thinking], [], [.. parent._times]);
        _before = parent._times[^1];
        _newTokens = parent._newTokens;
        _unread = [parent.Token, thinkEnd];
        _unreadCount = 2;
        InputTokens = parent.InputTokens;
        _sampler = parent._sampler.Fork();
        _state = parent._state.Fork();
        FinishWhereFull();
    }

    /// <summary>How many tokens the prompt has, the one that begins thinking included.</summary>
    public int InputTokens { get; }

    /// <summary>The ids of the thinking so far.</summary>
    public IReadOnlyList<int> Thinking => _thinking;

    /// <summary>The ids of the answer so far.</summary>
    public IReadOnlyList<int> Answer => _answer;

    /// <summary>The last generated token.</summary>
    public int Token { get; private set; }

    /// <summary>What the last generated token is.</summary>
    public TokenKind Kind { get; private set; }

    /// <summary>When each generated token was there, from the start of the call.</summary>
    public IReadOnlyList<TimeSpan> Times => _times;

    /// <summary>Why the text ended; <see langword="null"/> while it has not.</summary>
    public GenerationEnd? End { get; private set; }

    /// <summary>Generates the next token.</summary>
    /// <returns>Whether there was one; <see langword="false"/> after the end.</returns>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    /// <exception cref="OrtException">ONNX Runtime failed.</exception>
    public bool MoveNext(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (End is not null)
        {
            return false;
        }

        _start ??= _time.GetTimestamp();
        _decoder.Run(_state, _unread.AsSpan(0, _unreadCount));
        Token = _sampler.Next(_state.Logits);
        _times.Add(Elapsed());
        _unread[0] = Token;
        _unreadCount = 1;
        if (Array.IndexOf(_config.EndTokens, Token) >= 0)
        {
            Kind = TokenKind.End;
            End = GenerationEnd.Stop;
        }
        else if (!_isThinking)
        {
            Kind = TokenKind.Answer;
            _answer.Add(Token);
        }
        else if (Token == _config.ThinkEnd)
        {
            Kind = TokenKind.EndOfThinking;
            _isThinking = false;
        }
        else
        {
            Kind = TokenKind.Thinking;
            _thinking.Add(Token);
            if (_thinking.Count == _settings.Budget)
            {
                _unread = [Token, _config.ThinkEnd!.Value];
                _unreadCount = 2;
                _isThinking = false;
            }
        }

        FinishWhereFull();
        return true;
    }

    /// <summary>
    /// The same text cut after its last thinking token: what a call whose budget is the thinking so far would go on with, token for token
    /// and draw for draw. Its clock goes on from that token's time.
    /// </summary>
    /// <exception cref="InvalidOperationException">The last token is not one of thinking.</exception>
    public Generation CutThinking() => _times.Count > 0 && Kind == TokenKind.Thinking
        ? new Generation(this, _config.ThinkEnd!.Value)
        : throw new InvalidOperationException("Only thinking can be cut.");

    /// <summary>The time since the start of the call.</summary>
    public TimeSpan Elapsed() => _before + (_start is { } start ? _time.GetElapsedTime(start) : TimeSpan.Zero);

    /// <inheritdoc/>
    public void Dispose() => _state.Dispose();

    private void FinishWhereFull()
    {
        if (End is null && (_times.Count >= _newTokens || _state.Position + _unreadCount > _decoder.Config.ContextLength))
        {
            End = GenerationEnd.Length;
        }
    }
}
