namespace FlowCompile.Models.OpenAI;

/// <summary>
/// Parts thinking from answer where a server leaves both in one text: <c>&lt;think&gt;...&lt;/think&gt;answer</c>. Text that may be the
/// beginning of a mark is held back until it is clear.
/// </summary>
internal sealed class ThinkSplitter(string start, string end)
{
    private string _held = "";
    private bool _thinking;
    private bool _answering;

    /// <summary>Takes the next text.</summary>
    /// <returns>What of it is clear: thinking, and then answer.</returns>
    public (string Thinking, string Answer) Next(string text)
    {
        if (_answering)
        {
            return ("", text);
        }

        text = _held + text;
        _held = "";
        if (!_thinking)
        {
            var trimmed = text.TrimStart();
            if (trimmed.Length == 0 || (trimmed.Length < start.Length && start.StartsWith(trimmed, StringComparison.Ordinal)))
            {
                _held = text;
                return ("", "");
            }

            if (!trimmed.StartsWith(start, StringComparison.Ordinal))
            {
                _answering = true;
                return ("", text);
            }

            _thinking = true;
            text = trimmed[start.Length..];
        }

        if (text.IndexOf(end, StringComparison.Ordinal) is >= 0 and var at)
        {
            _answering = true;
            return (text[..at], text[(at + end.Length)..].TrimStart('\n'));
        }

        var clear = text.Length - Overlap(text);
        _held = text[clear..];
        return (text[..clear], "");
    }

    /// <summary>What is held back when the text has ended.</summary>
    public (string Thinking, string Answer) Rest()
    {
        var rest = _held;
        _held = "";
        return _thinking && !_answering ? (rest, "") : ("", rest);
    }

    /// <summary>How much of the text's end may be the beginning of the end mark.</summary>
    private int Overlap(string text)
    {
        for (var length = Math.Min(end.Length - 1, text.Length); length > 0; length--)
        {
            if (text.AsSpan(text.Length - length).SequenceEqual(end.AsSpan(0, length)))
            {
                return length;
            }
        }

        return 0;
    }
}
