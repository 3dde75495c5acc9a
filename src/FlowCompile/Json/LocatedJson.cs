using System.Text.Json;

namespace FlowCompile.Json;

/// <summary>A JSON value that knows its line, so that an error about its meaning can name the place.</summary>
internal sealed class LocatedJson
{
    private LocatedJson(JsonTokenType kind, int line, int start, string text)
    {
        Kind = kind;
        Line = line;
        Start = start;
        Text = text;
    }

    /// <summary>The kind, by the token the value starts with.</summary>
    public JsonTokenType Kind { get; }

    /// <summary>The line it starts on, from 1.</summary>
    public int Line { get; }

    /// <summary>Where it starts in the document, in bytes.</summary>
    public int Start { get; }

    /// <summary>Where it ends in the document, in bytes.</summary>
    public int End { get; private set; }

    /// <summary>The text of a string or a number.</summary>
    public string Text { get; }

    /// <summary>The members of an object, in the order written.</summary>
    public List<(string Name, int Line, LocatedJson Value)> Members { get; } = [];

    /// <summary>The items of an array.</summary>
    public List<LocatedJson> Items { get; } = [];

    /// <summary>What the value is, in words for an error.</summary>
    public string Description => Kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => $"the text \"{Text}\"",
        JsonTokenType.Number => $"the number {Text}",
        JsonTokenType.Null => "null",
        _ => Kind == JsonTokenType.True ? "true" : "false",
    };

    /// <summary>Reads a document that people write: comments and trailing commas are allowed.</summary>
    /// <param name="utf8">The document.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static LocatedJson ParseLenient(ReadOnlySpan<byte> utf8) =>
        Parse(utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });

    /// <summary>Reads a document that programs write.</summary>
    /// <param name="utf8">The document.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static LocatedJson Parse(ReadOnlySpan<byte> utf8) => Parse(utf8, default);

    /// <summary>The reason of a JSON error in one sentence, without the reader's own line and position, which count from 0.</summary>
    /// <param name="error">The error.</param>
    public static string Reason(JsonException error)
    {
        var end = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? error.Message : error.Message[..end]).ReplaceLineEndings(" ").TrimEnd('.');
    }

    private static LocatedJson Parse(ReadOnlySpan<byte> utf8, JsonReaderOptions options)
    {
        var reader = new Utf8JsonReader(utf8, options);
        var lines = new LineCounter();
        reader.Read();
        var value = ReadValue(ref reader, utf8, ref lines);
        while (reader.Read())
        {
            // The reader itself refuses anything but comments here.
        }

        return value;
    }

    private static LocatedJson ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, ref LineCounter lines)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.String => StringOf(ref reader),
            JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
            _ => "",
        };
        var value = new LocatedJson(reader.TokenType, lines.LineAt(utf8, reader.TokenStartIndex), (int)reader.TokenStartIndex, text);
        if (value.Kind == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var name = StringOf(ref reader);
                var line = lines.LineAt(utf8, reader.TokenStartIndex);
                reader.Read();
                value.Members.Add((name, line, ReadValue(ref reader, utf8, ref lines)));
            }
        }
        else if (value.Kind == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                value.Items.Add(ReadValue(ref reader, utf8, ref lines));
            }
        }

        value.End = (int)reader.BytesConsumed;
        return value;
    }

    // A string with a lone surrogate or with bytes that are not UTF-8 is refused as any other malformed JSON.
    private static string StringOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw new JsonException("a text is not valid UTF-8 or UTF-16", error);
        }
    }

    /// <summary>Counts lines forward only: tokens come in order.</summary>
    private struct LineCounter
    {
        private int _position;
        private int _newLines;

        public int LineAt(ReadOnlySpan<byte> utf8, long position)
        {
            _newLines += utf8[_position..(int)position].Count((byte)'\n');
            _position = (int)position;
            return _newLines + 1;
        }
    }
}
