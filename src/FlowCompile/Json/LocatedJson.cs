using System.Text;
using System.Text.Json;
using FlowCompile.Text;

namespace FlowCompile.Json;

/// <summary>A JSON value that knows its line, so that an error about its meaning can name the place.</summary>
internal sealed class LocatedJson
{
    private LocatedJson(JsonTokenType kind, int line, int column, int start, string text)
    {
        Kind = kind;
        Line = line;
        Column = column;
        Start = start;
        Text = text;
    }

    /// <summary>The kind, by the token the value starts with.</summary>
    public JsonTokenType Kind { get; }

    /// <summary>The line it starts on, from 1.</summary>
    public int Line { get; }

    /// <summary>The character of the line that it starts with, from 1.</summary>
    public int Column { get; }

    /// <summary>Where it starts in the document, in bytes.</summary>
    public int Start { get; }

    /// <summary>Where it ends in the document, in bytes.</summary>
    public int End { get; private set; }

    /// <summary>The text of a string or a number.</summary>
    public string Text { get; }

    /// <summary>The members of an object, in the order written.</summary>
    public List<(string Name, int Line, int Column, LocatedJson Value)> Members { get; } = [];

    /// <summary>The items of an array.</summary>
    public List<LocatedJson> Items { get; } = [];

    /// <summary>What the value is, in words for an error.</summary>
    public string Description => Kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => $"the text \"{OutsideText.Show(Text)}\"",
        JsonTokenType.Number => $"the number {OutsideText.Show(Text)}",
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
        return OutsideText.Show((end < 0 ? error.Message : error.Message[..end]).ReplaceLineEndings(" ").TrimEnd('.'));
    }

    private static LocatedJson Parse(ReadOnlySpan<byte> utf8, JsonReaderOptions options)
    {
        if (Utf8Text.FindInvalid(utf8) is { } invalid)
        {
            throw new JsonException(invalid.Problem, null, invalid.Line - 1, invalid.Position - 1);
        }

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
            JsonTokenType.String => StringOf(ref reader, utf8),
            JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
            _ => "",
        };
        var (line, column) = lines.PlaceAt(utf8, reader.TokenStartIndex);
        var value = new LocatedJson(reader.TokenType, line, column, (int)reader.TokenStartIndex, text);
        if (value.Kind == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var name = StringOf(ref reader, utf8);
                var (nameLine, nameColumn) = lines.PlaceAt(utf8, reader.TokenStartIndex);
                reader.Read();
                value.Members.Add((name, nameLine, nameColumn, ReadValue(ref reader, utf8, ref lines)));
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

    /// <summary>Where a byte of a document is: its line, and the character of it, both from 1.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="position">The index of the byte.</param>
    public static (int Line, int Column) PlaceOf(ReadOnlySpan<byte> utf8, long position) => default(LineCounter).PlaceAt(utf8, position);

    // A string with half of a surrogate pair is refused as any other malformed JSON.
    private static string StringOf(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            var (line, column) = PlaceOf(utf8, reader.TokenStartIndex);
            throw new JsonException($"the text at column {column} holds half of a surrogate pair; write it without", null, line - 1, null, error);
        }
    }

    /// <summary>Counts lines forward only: tokens come in order.</summary>
    private struct LineCounter
    {
        private int _position;
        private int _newLines;
        private int _column;

        public (int Line, int Column) PlaceAt(ReadOnlySpan<byte> utf8, long position)
        {
            var passed = utf8[_position..(int)position];
            _position = (int)position;
            var last = passed.LastIndexOf((byte)'\n');
            if (last >= 0)
            {
                _newLines += passed.Count((byte)'\n');
                _column = 0;
            }

            _column += Encoding.UTF8.GetCharCount(passed[(last + 1)..]);
            return (_newLines + 1, _column + 1);
        }
    }
}
