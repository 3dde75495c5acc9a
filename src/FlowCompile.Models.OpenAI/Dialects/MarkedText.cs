namespace FlowCompile.Models.OpenAI;

/// <summary>
/// Parts a text at its marks: what is between an opening and a closing mark is thinking, what is outside is answer. A closing mark without
/// an opening one shows that all before it is thinking.
/// </summary>
internal sealed class MarkedText
{
    // More than any answer has; each is looked at with what is around it.
    private const int MostMarks = 1000;
    private readonly string _text;
    private readonly List<Mark> _marks;
    private readonly List<TextPart> _parts = [];
    private readonly bool _inField;
    private bool _thought;
    private bool _mentioned;
    private int _word = -1;
    private int _from;

    private MarkedText(string text, ThinkMarks marks, bool thought, bool inField)
    {
        (_text, _thought, _inField) = (text, thought, inField);
        _marks = marks.All(text, MostMarks);
        IsUnclear = _marks.Count > MostMarks;
        _from = AfterTurn(text);
        Read();
    }

    /// <summary>The parts, in their order.</summary>
    public IReadOnlyList<TextPart> Parts => _parts;

    /// <summary>Whether there is answer that is not blank.</summary>
    public bool HasAnswer => Has(_parts, thinking: false);

    /// <summary>How many blocks have an opening mark.</summary>
    public int Blocks { get; private set; }

    /// <summary>Whether the first block opens where the text begins.</summary>
    public bool OpensAtStart { get; private set; }

    /// <summary>How many closing marks have no opening one.</summary>
    public int Orphans { get; private set; }

    /// <summary>How many closing marks end what has ended already.</summary>
    public int Repeats { get; private set; }

    /// <summary>Whether a block behind some answer does not end, so that what it was to lead to is not there.</summary>
    public bool IsCutLater { get; private set; }

    /// <summary>Whether a closing mark without an opening one is the last that is there, behind text that may be either.</summary>
    public bool IsUnclear { get; private set; }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="marks">The marks.</param>
    /// <param name="thought">Whether there was thinking before it.</param>
    /// <param name="inField">Whether the text is that of the field for thinking.</param>
    public static MarkedText Of(string text, ThinkMarks marks, bool thought, bool inField = false) => new(text, marks, thought, inField);

    /// <summary>Where the text begins behind what wraps it, such as the beginning of a turn.</summary>
    private static int AfterTurn(string text)
    {
        var start = text.Length - text.AsSpan().TrimStart().Length;
        var wrap = ThinkMarks.Wraps.FirstOrDefault(one => string.Compare(text, start, one, 0, one.Length, StringComparison.OrdinalIgnoreCase) == 0);
        return wrap is null ? 0 : start + wrap.Length;
    }

    private void Read()
    {
        for (var i = 0; i < _marks.Count; i++)
        {
            var mark = _marks[i];
            if (mark.At < _from || IsUnclear)
            {
                continue;
            }

            if (mark.Opens && Opens(i))
            {
                Open(i);
            }
            else if (mark.Closes && PartsAt(mark))
            {
                Orphan(mark);
            }

            _mentioned |= mark.Opens && mark.At >= _from;
        }

        Add(_from, _text.Length, thinking: false);
        TrimLast();
    }

    // Blanks between two parts of the answer keep them apart; behind the last part they are only beside a mark.
    private void TrimLast()
    {
        var last = _parts.FindLastIndex(part => !part.IsThinking && !IsBlank(part));
        if (last >= 0 && last < _parts.Count - 1)
        {
            var part = _parts[last];
            _parts[last] = part with { End = part.Start + _text.AsSpan(part.Start..part.End).TrimEnd().Length };
        }
    }

    private bool Opens(int i)
    {
        var mark = _marks[i];
        if (_text.AsSpan(_from..mark.At).IsWhiteSpace())
        {
            return true;
        }

        if (Quoting.IsQuoted(_text, mark) || Quoting.IsFenced(_text, mark, _from))
        {
            return false;
        }

        if (Quoting.BeginsLine(_text, mark))
        {
            return true;
        }

        var closing = Closing(i);
        var isWord = closing is { } end && IsInSentence(mark, end);
        _word = isWord ? closing!.Value.At : _word;
        return closing is not null && !isWord;
    }

    // "Put <think>your thoughts</think> first", and "write <think> and </think>".
    private bool IsInSentence(Mark open, Mark closing) => Quoting.FollowsWord(_text, open)
        && (Quoting.MeetsPunctuation(_text, open) || Quoting.GoesOn(_text, open)
            || (Quoting.GoesOn(_text, closing) && !_text.AsSpan(open.End..closing.At).Contains('\n')));

    private void Open(int i)
    {
        var mark = _marks[i];
        var before = new TextPart(_inField, _from, mark.At, false);
        OpensAtStart |= Blocks == 0 && Orphans == 0 && IsBlank(before);
        if (!IsBlank(before))
        {
            Add(before.Start, before.End, thinking: false);
        }

        Blocks++;
        _thought = true;
        if (Closing(i) is { } closing)
        {
            Add(mark.End, closing.At, thinking: true);
            _from = closing.End;
        }
        else
        {
            IsCutLater |= HasAnswer;
            Add(mark.End, _text.Length, thinking: true);
            _from = _text.Length;
        }
    }

    /// <summary>The mark that ends the block which another opens: the first that is not talked about, of its own kind if there is one.</summary>
    private Mark? Closing(int i)
    {
        var open = _marks[i];
        var later = _marks.Skip(i + 1).Where(mark => mark.Closes).ToList();
        var own = later.Where(mark => mark.Pair == open.Pair).ToList();
        return First(own, mark => !Quoting.IsQuoted(_text, mark) && !Quoting.IsFenced(_text, mark, open.End))
            ?? First(own, mark => !Quoting.IsQuoted(_text, mark))
            ?? First(later, mark => !Quoting.IsQuoted(_text, mark) && !Quoting.IsFenced(_text, mark, open.End) && !Quoting.FollowsWord(_text, mark));
    }

    private void Orphan(Mark mark)
    {
        // One that only repeats the mark before it parts nothing.
        if (!_text.AsSpan(_from..mark.At).IsWhiteSpace() || !_thought)
        {
            var isLast = _text.AsSpan(mark.End..).IsWhiteSpace();
            IsUnclear |= _thought && isLast;
            Orphans++;
            Add(_from, mark.At, thinking: true);
            for (var i = 0; i < _parts.Count; i++)
            {
                _parts[i] = _parts[i] with { IsThinking = true };
            }
        }

        else
        {
            Repeats++;
        }

        _thought = true;
        IsCutLater = false;
        _from = mark.End;
    }

    /// <summary>Whether a closing mark without an opening one parts thinking from answer, rather than being talked about.</summary>
    private bool PartsAt(Mark mark)
    {
        if (mark.At == _word || Quoting.IsQuoted(_text, mark) || Quoting.IsFenced(_text, mark, _from))
        {
            return false;
        }

        if (!Quoting.FollowsWord(_text, mark) || !(Quoting.MeetsPunctuation(_text, mark) || Quoting.GoesOn(_text, mark)))
        {
            return true;
        }

        // In the middle of a sentence: a word of it where an opening mark is one as well, or where no answer could begin behind it.
        if (_mentioned || Quoting.MeetsPunctuation(_text, mark))
        {
            return false;
        }

        IsUnclear |= Blocks + Orphans > 0;
        return !IsUnclear;
    }

    private void Add(int start, int end, bool thinking)
    {
        if (!thinking && _thought)
        {
            (start, end) = Unwrapped(start, end);
        }

        if (end > start)
        {
            _parts.Add(new TextPart(_inField, start, end, thinking));
        }
    }

    private (int Start, int End) Unwrapped(int start, int end)
    {
        start = _from > 0 ? Blanks.AfterMark(_text, start, end) : Blanks.AfterLines(_text, start, end);
        foreach (var wrap in ThinkMarks.Wraps)
        {
            if (string.Compare(_text, start, wrap, 0, wrap.Length, StringComparison.OrdinalIgnoreCase) == 0)
            {
                start = Blanks.AfterMark(_text, start + wrap.Length, end);
            }

            if (_text.AsSpan(start..Math.Max(start, end)).TrimEnd().EndsWith(wrap, StringComparison.OrdinalIgnoreCase))
            {
                end = start + _text.AsSpan(start..(start + _text.AsSpan(start..end).TrimEnd().Length - wrap.Length)).TrimEnd().Length;
            }
        }

        return (start, end);
    }

    private bool IsBlank(TextPart part) => Blanks.Are(_text.AsSpan(part.Start..part.End));

    private bool Has(IEnumerable<TextPart> parts, bool thinking) => parts.Any(part => part.IsThinking == thinking && !IsBlank(part));

    private static Mark? First(List<Mark> marks, Func<Mark, bool> fits)
    {
        var at = marks.FindIndex(mark => fits(mark));
        return at < 0 ? null : marks[at];
    }
}
