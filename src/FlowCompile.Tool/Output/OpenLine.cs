namespace FlowCompile.Tool.Output;

/// <summary>The line of progress on a terminal, which is written over again and again. Whatever else is written ends it first, so that two lines never run into one.</summary>
/// <param name="writer">The terminal.</param>
internal sealed class OpenLine(TextWriter writer)
{
    private readonly Lock _lock = new();
    private int _width;

    /// <summary>Writes over the line; where there is none, begins one.</summary>
    /// <param name="line">What stands there from now on.</param>
    /// <param name="width">The most characters of it that fit.</param>
    public void Overwrite(string line, int width)
    {
        lock (_lock)
        {
            var shown = line.Length > width ? line[..width] : line;
            writer.Write('\r' + shown.PadRight(_width));
            _width = shown.Length;
        }
    }

    /// <summary>Writes another line, after this one was ended: no other thread writes over it in between.</summary>
    /// <param name="to">The terminal, or another writer that may be the same one.</param>
    /// <param name="line">The other line.</param>
    public void WriteLine(TextWriter to, string line)
    {
        lock (_lock)
        {
            End();
            to.WriteLine(line);
        }
    }

    /// <summary>Ends the line, if there is one.</summary>
    public void End()
    {
        lock (_lock)
        {
            if (_width > 0)
            {
                writer.WriteLine();
                _width = 0;
            }
        }
    }
}
