namespace FlowCompile.Models.OpenAI;

/// <summary>Lets the field for thinking pass as it arrives, without a mark at its beginning, and as far as the next mark.</summary>
internal sealed class FieldGate(ThinkMarks marks)
{
    private string _tail = "";
    private int _at;
    private bool _began;
    private bool _shut;

    /// <summary>Takes what the field has now in addition.</summary>
    /// <returns>What is clear of it.</returns>
    public TextPart Next(string added)
    {
        _tail = _shut ? "" : _tail + added;
        var blank = _tail.Length - _tail.AsSpan().TrimStart().Length;
        if (_shut || (!_began && (blank == _tail.Length || marks.OpenEnd(_tail) == _tail.Length - blank)))
        {
            return default;
        }

        if (!_began && marks.Next(_tail, 0) is { Opens: true } open && open.At == blank)
        {
            (_at, _tail) = (open.End, _tail[open.End..]);
        }

        _began = true;
        var mark = marks.Next(_tail, 0);
        _shut = mark is not null;
        var clear = mark?.At ?? _tail.Length - marks.OpenEnd(_tail);
        var part = new TextPart(true, _at, _at + clear, true);
        (_at, _tail) = (_at + clear, _tail[clear..]);
        return part;
    }
}
