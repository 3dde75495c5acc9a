using System.Text.Json;

namespace FlowCompile.Settings;

/// <summary>A JSON value that knows its line, so that an error about its meaning can name the place.</summary>
internal sealed class LocatedJson
{
    private LocatedJson(JsonTokenType kind, int line, string text)
    {
        Kind = kind;
        Line = line;
        Text = text;
    }

    /// <summary>The kind, by the token the value starts with.</summary>
    public JsonTokenType Kind { get; }

    /// <summary>The line it starts on, from 1.</summary>
    public int Line { get; }

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

    /// <summary>Reads a document; comments and trailing commas are allowed.</summary>
    /// <param name="utf8">The document.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static LocatedJson Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
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
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
            _ => "",
        };
        var value = new LocatedJson(reader.TokenType, lines.LineAt(utf8, reader.TokenStartIndex), text);
        if (value.Kind == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var name = reader.GetString()!;
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

        return value;
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
