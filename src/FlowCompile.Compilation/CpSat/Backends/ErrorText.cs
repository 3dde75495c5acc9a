namespace FlowCompile.Compilation.CpSat.Backends;

/// <summary>The first words a process wrote to standard error, for the message when it fails. Safe from several threads.</summary>
internal sealed class ErrorText(int characters)
{
    private readonly Lock _lock = new();
    private string _text = "";

    public void Clear()
    {
        lock (_lock)
        {
            _text = "";
        }
    }

    public void Add(string? line)
    {
        lock (_lock)
        {
            if (!string.IsNullOrWhiteSpace(line) && _text.Length < characters)
            {
                _text += (_text.Length == 0 ? "" : " ") + line.Trim();
            }
        }
    }

    /// <summary>The text after a colon, or nothing.</summary>
    public override string ToString()
    {
        lock (_lock)
        {
            return _text.Length == 0 ? "" : ": " + (_text.Length <= characters ? _text : _text[..characters] + "...");
        }
    }
}
