using System.Text;

namespace FlowCompile.Profiling;

/// <summary>
/// Makes strings of the texts of a store, one of all that are equal: the cells of a profile have few sub-agents, models and cases, and their calls many outputs in common.
/// </summary>
internal sealed class TextPool
{
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private char[] _buffer = new char[256];

    /// <summary>The string of a text.</summary>
    /// <param name="utf8">The text in UTF-8.</param>
    public string Of(ReadOnlySpan<byte> utf8)
    {
        if (_buffer.Length < utf8.Length)
        {
            _buffer = new char[2 * utf8.Length];
        }

        var text = _buffer.AsSpan(0, Encoding.UTF8.GetChars(utf8, _buffer));
        var texts = _texts.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!texts.TryGetValue(text, out var known))
        {
            known = text.ToString();
            _texts.Add(known);
        }

        return known;
    }
}
