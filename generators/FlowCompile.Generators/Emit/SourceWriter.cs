using System.Text;
using FlowCompile.Text;

namespace FlowCompile.Generators.Emit;

/// <summary>
/// Writes indented lines; the indentation of the code that writes is that of the code written. What it is handed stays on its line: a
/// character that would end a line, or that nobody sees, is written as an escape sequence, whatever comes before it.
/// </summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _indent;

    /// <summary>Writes a line; a blank one where the text is empty.</summary>
    public SourceWriter Line(string text = "")
    {
        if (text.Length > 0)
        {
            _text.Append(' ', 4 * _indent).Append(OutsideText.Visible(text));
        }

        _text.Append('\n');
        return this;
    }

    /// <summary>Writes a line and a block in braces, until it is disposed.</summary>
    /// <param name="header">The line before the block.</param>
    /// <param name="end">What follows the closing brace.</param>
    public Scope Block(string header, string end = "")
    {
        Line(header);
        return Body(end);
    }

    /// <summary>Writes a block in braces, until it is disposed.</summary>
    /// <param name="end">What follows the closing brace.</param>
    public Scope Body(string end = "")
    {
        Line("{");
        _indent++;
        return new Scope(this, "}" + end);
    }

    /// <summary>Indents what follows, until it is disposed.</summary>
    public Scope Indent()
    {
        _indent++;
        return new Scope(this, null);
    }

    /// <summary>Writes items on lines of their own, the last one with an end of its own.</summary>
    public void Lines(IEnumerable<string> items, string separator, string end)
    {
        var all = items.ToList();
        for (var i = 0; i < all.Count; i++)
        {
            Line(all[i] + (i + 1 < all.Count ? separator : end));
        }
    }

    public override string ToString() => _text.ToString();

    /// <summary>Ends a block.</summary>
    internal readonly struct Scope(SourceWriter writer, string? end) : IDisposable
    {
        public void Dispose()
        {
            writer._indent--;
            if (end is not null)
            {
                writer.Line(end);
            }
        }
    }
}
