namespace FlowCompile.Models.OpenAI;

/// <summary>
/// Lets content pass as it arrives, as far as it is clear what it is in an answer of a known form. With the first thing that the form does not
/// explain it shuts, and the rest waits for the end of the answer.
/// </summary>
internal sealed class StreamGate(AnswerForm form, ThinkMarks marks)
{
    private string _tail = "";
    private int _at;
    private State _state = State.Start;
    private MarkPair? _pair;
    private bool _isBehindField;
    private bool _isBehindMark;

    private enum State
    {
        Start,
        Thinking,
        Answer,
        Shut,
    }

    /// <summary>Whether answers of a form can be let pass at all.</summary>
    public static bool Knows(AnswerForm? form) => form is AnswerForm.Plain or AnswerForm.Field or AnswerForm.Block or AnswerForm.ClosedOnly;

    /// <summary>Takes the next content.</summary>
    /// <param name="added">The content.</param>
    /// <param name="hasField">Whether thinking came in its field before.</param>
    /// <returns>What is clear now.</returns>
    public IEnumerable<TextPart> Next(string added, bool hasField)
    {
        _tail += added;
        _isBehindField |= hasField;
        if (_state == State.Start && Begin() is { IsEmpty: false } thinking)
        {
            yield return thinking;
        }

        if (_state == State.Thinking && Think() is { IsEmpty: false } more)
        {
            yield return more;
        }

        if (_state == State.Answer && Answer() is { IsEmpty: false } answer)
        {
            yield return answer;
        }

        if (_state == State.Shut)
        {
            _tail = "";
        }
    }

    private TextPart Begin()
    {
        if (form == AnswerForm.ClosedOnly && !_isBehindField && !_isBehindMark)
        {
            if (marks.Next(_tail, 0) is not { } closing)
            {
                return default;
            }

            _isBehindMark = true;
            return closing is { Closes: true, Opens: false } ? Take(closing.At, closing.End, thinking: true) : Shut();
        }

        var blank = _tail.Length - _tail.AsSpan().TrimStart().Length;
        if (blank == _tail.Length)
        {
            return default;
        }

        if (form == AnswerForm.Block && !_isBehindField && !_isBehindMark)
        {
            if (marks.Next(_tail, 0) is { Opens: true } open && open.At == blank)
            {
                (_pair, _state) = (open.Pair, State.Thinking);
                return Take(open.End, open.End, thinking: true, keeps: open.End);
            }

            return marks.OpenEnd(_tail) == _tail.Length - blank ? default : Shut();
        }

        // What is wrapped around an answer begins as marks do.
        if ((_isBehindField || _isBehindMark) && _tail[blank] == '<')
        {
            return Shut();
        }

        _state = State.Answer;
        var start = _isBehindMark ? Blanks.AfterMark(_tail, 0, _tail.Length) : _isBehindField ? Blanks.AfterLines(_tail, 0, _tail.Length) : 0;
        return Take(start, start, thinking: true, keeps: start);
    }

    private TextPart Think()
    {
        for (var next = marks.Next(_tail, 0); next is { } mark; next = marks.Next(_tail, mark.End))
        {
            if (mark.Closes && mark.Pair == _pair)
            {
                (_state, _isBehindMark) = (State.Start, true);
                var part = Take(mark.At, mark.End, thinking: true);
                if (Begin() is { IsEmpty: false })
                {
                    _state = State.Shut;
                }

                return part;
            }
        }

        var clear = _tail.Length - marks.OpenEnd(_tail);
        return Take(clear, clear, thinking: true);
    }

    private TextPart Answer()
    {
        var mark = marks.Next(_tail, 0)?.At ?? _tail.Length;
        var (_, channel) = Channels.Next(_tail, 0);
        mark = channel >= 0 ? Math.Min(mark, channel) : mark;
        if (mark < _tail.Length)
        {
            _state = State.Shut;
            return Take(mark, mark, thinking: false);
        }

        var clear = _tail.Length - marks.OpenEnd(_tail);
        return Take(clear, clear, thinking: false);
    }

    /// <summary>Takes the beginning of what is here: as far as a part ends, and as far as it is done with.</summary>
    private TextPart Take(int end, int done, bool thinking, int keeps = 0)
    {
        var part = new TextPart(false, _at + keeps, _at + end, thinking);
        _at += done;
        _tail = _tail[done..];
        return part;
    }

    private TextPart Shut()
    {
        _state = State.Shut;
        return default;
    }
}
