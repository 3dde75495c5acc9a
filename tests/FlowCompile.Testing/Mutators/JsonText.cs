using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FlowCompile.Testing.Mutators;

/// <summary>JSON pieces from text and to text.</summary>
internal static class JsonText
{
    /// <summary>Reads JSON that is well formed.</summary>
    public static JsonPiece Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        reader.Read();
        return Read(ref reader);
    }

    /// <summary>Writes a piece: compact, or with lines of its own for members and items.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="lineEnd">The end of a line; empty for compact text.</param>
    public static string Write(JsonPiece piece, string lineEnd)
    {
        var text = new StringBuilder();
        Write(piece, text, lineEnd, 0);
        return text.Append(lineEnd).ToString();
    }

    /// <summary>A text as it is written in JSON, characters outside of ASCII as they are or escaped.</summary>
    public static string Quote(string value, bool escapeAll)
    {
        var text = new StringBuilder("\"");
        for (var i = 0; i < value.Length; i++)
        {
            var one = value[i];
            if (char.IsSurrogatePair(value, i) && !escapeAll)
            {
                text.Append(one).Append(value[++i]);
            }
            else if (one is '"' or '\\')
            {
                text.Append('\\').Append(one);
            }
            else if (one < ' ' || char.IsSurrogate(one) || (escapeAll && one > '~'))
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)one:x4}");
            }
            else
            {
                text.Append(one);
            }
        }

        return text.Append('"').ToString();
    }

    private static JsonPiece Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new List<KeyValuePair<string, JsonPiece>>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var key = Quote(reader.GetString()!, escapeAll: false);
                    reader.Read();
                    members.Add(KeyValuePair.Create(key, Read(ref reader)));
                }

                return new JsonPiece { Members = members };
            case JsonTokenType.StartArray:
                var items = new List<JsonPiece>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Read(ref reader));
                }

                return new JsonPiece { Items = items };
            case JsonTokenType.String:
                return new JsonPiece { Text = Quote(reader.GetString()!, escapeAll: false) };
            default:
                return new JsonPiece { Text = Encoding.UTF8.GetString(reader.ValueSpan) };
        }
    }

    private static void Write(JsonPiece piece, StringBuilder text, string lineEnd, int depth)
    {
        if (piece.Members is { } members)
        {
            WriteAll(members, ('{', '}'), text, lineEnd, depth, member =>
            {
                text.Append(member.Key).Append(lineEnd.Length > 0 ? ": " : ":");
                Write(member.Value, text, lineEnd, depth + 1);
            });
        }
        else if (piece.Items is { } items)
        {
            WriteAll(items, ('[', ']'), text, lineEnd, depth, item => Write(item, text, lineEnd, depth + 1));
        }
        else
        {
            text.Append(piece.Text);
        }
    }

    private static void WriteAll<T>(List<T> all, (char Open, char Close) marks, StringBuilder text, string lineEnd, int depth, Action<T> write)
    {
        text.Append(marks.Open);
        for (var i = 0; i < all.Count; i++)
        {
            text.Append(i > 0 ? "," : "").Append(lineEnd).Append(' ', lineEnd.Length > 0 ? 2 * (depth + 1) : 0);
            write(all[i]);
        }

        text.Append(all.Count > 0 ? lineEnd : "").Append(' ', all.Count > 0 && lineEnd.Length > 0 ? 2 * depth : 0).Append(marks.Close);
    }
}
