using System.Text;

namespace FlowCompile.Tool.Output;

/// <summary>
/// A writer for what libraries and the user's code write to the console: hidden characters are written visibly. Lines and tabs stay.
/// </summary>
internal sealed class VisibleWriter(TextWriter inner) : TextWriter
{
    private char? _high; // half of a pair whose other half is yet to come

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        Terminal.EndProgress();
        var text = _high is { } high ? high + new string(buffer) : new string(buffer);
        _high = text.Length > 0 && char.IsHighSurrogate(text[^1]) ? text[^1] : null;
        var whole = _high is null ? text : text[..^1];
        var start = 0;
        for (var i = 0; i <= whole.Length; i++)
        {
            // What stands between the characters that give text its lines and columns.
            if (i == whole.Length || whole[i] is '\n' or '\r' or '\t')
            {
                inner.Write(OutsideText.Visible(whole[start..i]));
                start = i + 1;
                if (i < whole.Length)
                {
                    inner.Write(whole[i]);
                }
            }
        }
    }

    public override void Flush() => inner.Flush();
}
