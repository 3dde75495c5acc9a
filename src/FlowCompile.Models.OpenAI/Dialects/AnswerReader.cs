using System.Text;

namespace FlowCompile.Models.OpenAI;

/// <summary>
/// Reads the answer to one request: gathers what the server sends, and parts thinking from answer by its form. What is handed on is certain: all
/// of it at the end of the answer, or, in a stream of a form that is known, what is clear before.
/// </summary>
/// <param name="dialect">What is known of the model.</param>
/// <param name="budget">The budget of the call.</param>
/// <param name="part">Which request of the call it is.</param>
/// <param name="streams">Whether pieces are to be handed on as they arrive.</param>
internal sealed class AnswerReader(AnswerDialect dialect, int? budget, CallPart part, bool streams)
{
    private readonly SourceText _field = new();
    private readonly SourceText _content = new();
    private readonly StringBuilder _refusal = new();
    private readonly StringBuilder _answered = new();
    private readonly StringBuilder _thought = new();
    private readonly FieldGate _fieldGate = new(dialect.Marks);
    private readonly StreamGate? _gate = streams && dialect.Known(budget, part) is { } known && StreamGate.Knows(known) ? new StreamGate(known, dialect.Marks) : null;
    private bool _hasAdded;
    private bool _isCut;

    /// <summary>Takes the next chunk.</summary>
    /// <returns>What is certain now.</returns>
    /// <exception cref="FailedCallException">The server contradicts itself.</exception>
    public List<ChatPiece> Add(ChatChunk chunk, TimeSpan time)
    {
        List<ChatPiece> pieces = [new ChatPiece(false, "", time, chunk, this)];
        _isCut |= chunk.FinishReason == FinishReasons.Length;
        _refusal.Append(chunk.Refusal);
        var thought = _field.Add(New(chunk, chunk.Thinking, _field), time);
        var added = _content.Add(New(chunk, chunk.Text, _content), time);
        _hasAdded |= !chunk.IsMessage && chunk.Text.Length + chunk.Thinking.Length > 0;
        if (_gate is not null)
        {
            Hand(_fieldGate.Next(thought), pieces);
            foreach (var clear in added.Length == 0 ? [] : _gate.Next(added, _field.Length > 0))
            {
                Hand(clear, pieces);
            }
        }

        return pieces;
    }

    /// <summary>The answer has ended.</summary>
    /// <returns>The rest of it.</returns>
    /// <exception cref="FailedCallException">Thinking and answer cannot be told apart.</exception>
    public List<ChatPiece> End(TimeSpan time)
    {
        _field.End(time);
        _content.End(time);
        var received = new Received(_field.ToString(), _content.ToString(), _isCut, part, dialect.Marks, dialect.Thinking);
        var reading = AnswerForms.Read(received);
        dialect.Learn(budget, part, reading.Form);
        if (reading.Doubt is { } doubt)
        {
            throw new FailedCallException(ModelCallFailure.UnclearThinking, "thinking and answer cannot be told apart: " + doubt, isTransient: false);
        }

        List<ChatPiece> pieces = [];
        var (answered, thought) = (_answered.Length, _thought.Length);
        if (!Text(reading, thinking: false).StartsWith(_answered.ToString(), StringComparison.Ordinal))
        {
            throw new FailedCallException(
                ModelCallFailure.UnclearThinking, "what had been handed on as the answer was thinking, as its end has shown; the next call knows", isTransient: true);
        }

        var repeats = Text(reading, thinking: true).StartsWith(_thought.ToString(), StringComparison.Ordinal);
        foreach (var one in reading.Parts)
        {
            foreach (var (text, at) in (one.InField ? _field : _content).Pieces(one.Start, one.End))
            {
                ref var known = ref one.IsThinking ? ref thought : ref answered;
                var skipped = Math.Min(known, text.Length);
                known -= skipped;
                if (skipped < text.Length && (!one.IsThinking || repeats))
                {
                    pieces.Add(new ChatPiece(one.IsThinking, text[skipped..], at, null, this) { InField = one.InField });
                }
            }
        }

        AddEnding(reading, pieces, time);
        return pieces;
    }

    private void AddEnding(AnswerReading reading, List<ChatPiece> pieces, TimeSpan time)
    {
        if (_refusal.Length > 0)
        {
            var isAnswered = !string.IsNullOrWhiteSpace(Text(reading, thinking: false));
            pieces.Add(new ChatPiece(false, isAnswered ? "" : _refusal.ToString(), time, null, this) { Sign = isAnswered ? ChatSign.BrokenOffByRefusal : ChatSign.Refusal });
        }

        if (reading.CallsTool)
        {
            pieces.Add(new ChatPiece(false, "", time, null, this) { Sign = ChatSign.CallsTool });
        }
    }

    private string Text(AnswerReading reading, bool thinking)
    {
        var text = new StringBuilder();
        foreach (var one in reading.Parts.Where(one => one.IsThinking == thinking))
        {
            foreach (var (piece, _) in (one.InField ? _field : _content).Pieces(one.Start, one.End))
            {
                text.Append(piece);
            }
        }

        return text.ToString();
    }

    private void Hand(TextPart clear, List<ChatPiece> pieces)
    {
        foreach (var (text, time) in (clear.InField ? _field : _content).Pieces(clear.Start, clear.End))
        {
            (clear.IsThinking ? _thought : _answered).Append(text);
            pieces.Add(new ChatPiece(clear.IsThinking, text, time, null, this) { InField = clear.InField });
        }
    }

    /// <summary>What a chunk adds. Some servers send the whole message once more behind its pieces, or with each chunk all that was said so far.</summary>
    private string New(ChatChunk chunk, string text, SourceText before)
    {
        if (!chunk.IsMessage || before.Length == 0 || text.Length == 0)
        {
            return text;
        }

        var known = before.ToString();
        if (text.Length > known.Length && text.StartsWith(known, StringComparison.Ordinal) && (_hasAdded || chunk.IsCompletion))
        {
            return text[known.Length..];
        }

        return !_hasAdded ? text
            : known.AsSpan().TrimEnd().EndsWith(text.AsSpan().Trim(), StringComparison.Ordinal) ? ""
            : throw new FailedCallException(ModelCallFailure.InvalidResponse, "the message at the end is another than its pieces", isTransient: true);
    }
}
