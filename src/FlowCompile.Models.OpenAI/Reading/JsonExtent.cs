namespace FlowCompile.Models.OpenAI;

/// <summary>Follows a JSON object or list over any number of lines, to know where it is complete.</summary>
internal sealed class JsonExtent
{
    private int _depth;
    private bool _inText;
    private bool _escaped;

    /// <summary>Whether every object and list that was begun has ended, and one was begun.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Takes the next bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
        {
            if (_inText)
            {
                _inText = _escaped || one != '"';
                _escaped = !_escaped && one == '\\';
            }
            else if (one == '"')
            {
                _inText = true;
            }
            else if (one is (byte)'{' or (byte)'[')
            {
                _depth++;
                IsComplete = false;
            }
            else if (one is (byte)'}' or (byte)']' && _depth > 0)
            {
                IsComplete = --_depth == 0;
            }
        }
    }

    /// <summary>Begins anew.</summary>
    public void Clear() => (_depth, _inText, _escaped, IsComplete) = (0, false, false, false);
}
