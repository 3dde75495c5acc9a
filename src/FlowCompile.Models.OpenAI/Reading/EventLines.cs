using System.Buffers;
using System.Text;

namespace FlowCompile.Models.OpenAI;

/// <summary>
/// Puts the lines of a response together to the JSON texts in it, whatever the framing: server-sent events, a JSON text on each line, or one
/// over many lines. Which it is shows in the lines; servers are not to be believed in what they call it.
/// </summary>
internal sealed class EventLines
{
    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly JsonExtent _extent = new();
    private bool _isBare;

    /// <summary>Whether the text was not the data of an event: a body of JSON.</summary>
    public bool WasBare { get; private set; }

    /// <summary>The name of the event that the text was in, where it has one.</summary>
    public string? Event { get; private set; }

    /// <summary>Whether a text was begun and has not ended.</summary>
    public bool IsWithin => _text.WrittenCount > 0;

    /// <summary>The first line that belongs to no framing: an error page, for example.</summary>
    public string? FirstOther { get; private set; }

    /// <summary>Takes the next line.</summary>
    /// <returns>A text that is complete now; <see langword="null"/> where none is.</returns>
    public ReadOnlyMemory<byte>? Add(ReadOnlySpan<byte> line)
    {
        if (_isBare && IsWithin)
        {
            return Append(line);
        }

        if (line.StartsWith("data:"u8))
        {
            return Append(line[5..].TrimStart((byte)' '));
        }

        // As llama.cpp has called the line of an error.
        if (line.StartsWith("error:"u8))
        {
            Event = "error";
            return Append(line[6..].TrimStart((byte)' '));
        }

        var trimmed = line.Trim(" \t\0"u8);
        if (trimmed.IsEmpty)
        {
            return End();
        }

        if (trimmed[0] == '{' || (trimmed[0] == '[' && (trimmed.Length == 1 || trimmed[1..].TrimStart((byte)' ').StartsWith("{"u8) || trimmed.StartsWith("[DONE]"u8))))
        {
            _isBare = true;
            return Append(trimmed);
        }

        if (line.StartsWith("event:"u8))
        {
            Event = Encoding.UTF8.GetString(line[6..].Trim((byte)' '));
        }
        else if (line[0] != ':' && !line.StartsWith("id:"u8) && !line.StartsWith("retry:"u8))
        {
            FirstOther ??= Encoding.UTF8.GetString(trimmed[..Math.Min(trimmed.Length, 100)]);
        }

        return null;
    }

    /// <summary>The text that was begun, as far as it is there.</summary>
    public ReadOnlyMemory<byte>? End()
    {
        if (!IsWithin)
        {
            Event = null;
            return null;
        }

        var whole = _text.WrittenSpan.ToArray();
        _text.ResetWrittenCount();
        _extent.Clear();
        (WasBare, _isBare) = (_isBare, false);
        return whole;
    }

    private ReadOnlyMemory<byte>? Append(ReadOnlySpan<byte> part)
    {
        if (IsWithin)
        {
            _text.Write("\n"u8);
        }

        _text.Write(part);
        _extent.Add(part);

        // Not every server puts a blank line behind an event.
        return _extent.IsComplete || (!_isBare && part.Length > 0 && _text.WrittenCount == part.Length && part[0] is not ((byte)'{' or (byte)'[')) ? End() : null;
    }
}
