using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace FlowCompile.Models.OpenAI;

/// <summary>
/// Reads JSON as servers really send it. What the standard forbids and what is clear all the same is taken: NaN and Infinity (as null), control
/// characters in texts, bytes that are no UTF-8, halves of surrogate pairs, more values or anything else behind a value. A byte that is no UTF-8
/// becomes the lone surrogate U+DC00 plus the byte, so that <see cref="TextJoiner"/> can join halves that came in two chunks.
/// </summary>
internal ref struct LenientJson
{
    private const int MaxDepth = 64;
    private readonly ReadOnlySpan<byte> _text;
    private int _at;

    private LenientJson(ReadOnlySpan<byte> text) => _text = text;

    /// <summary>Reads all values of a text. What follows a value and is no other object or list is left out.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static List<JsonNode?> ReadAll(ReadOnlySpan<byte> text)
    {
        var reader = new LenientJson(text);
        List<JsonNode?> values = [reader.Value(0)];
        while (reader.FindsNext())
        {
            values.Add(reader.Value(0));
        }

        return values;
    }

    private bool FindsNext()
    {
        // A comma, or the framing of the next event where a line feed was lost.
        Blank();
        if (_at < _text.Length && _text[_at] == ',')
        {
            _at++;
            Blank();
        }

        if (_text[_at..].StartsWith("data:"u8))
        {
            _at += 5;
            Blank();
        }

        return _text[_at..].StartsWith("{"u8) || _text[_at..].StartsWith("[{"u8);
    }

    private JsonNode? Value(int depth)
    {
        if (depth > MaxDepth)
        {
            throw new JsonException("it is nested too deeply");
        }

        Blank();
        switch (Peek())
        {
            case (byte)'{':
                return Object(depth);
            case (byte)'[':
                return List(depth);
            case (byte)'"':
                return JsonValue.Create(Text());
            default:
                return Scalar();
        }
    }

    private JsonObject Object(int depth)
    {
        var value = new JsonObject();
        _at++;
        for (Blank(); Peek() != '}'; Blank())
        {
            if (Peek() == ',')
            {
                _at++;
                continue;
            }

            if (Peek() != '"')
            {
                throw new JsonException("a name is missing");
            }

            var name = Text();
            Blank();
            if (Peek() != ':')
            {
                throw new JsonException("a colon is missing");
            }

            _at++;
            value[name] = Value(depth + 1);
        }

        _at++;
        return value;
    }

    private JsonArray List(int depth)
    {
        var value = new JsonArray();
        _at++;
        for (Blank(); Peek() != ']'; Blank())
        {
            if (Peek() == ',')
            {
                _at++;
                continue;
            }

            value.Add(Value(depth + 1));
        }

        _at++;
        return value;
    }

    private JsonValue? Scalar()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] is not ((byte)',' or (byte)'}' or (byte)']' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
        {
            _at++;
        }

        var word = Encoding.UTF8.GetString(_text[start.._at]);
        return word switch
        {
            "true" => JsonValue.Create(true),
            "false" => JsonValue.Create(false),
            "null" or "NaN" or "Infinity" or "-Infinity" or "+Infinity" or "-NaN" or "inf" or "-inf" or "nan" => null,
            _ when long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
            _ when double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => JsonValue.Create(number),
            _ when double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => null,
            _ => throw new JsonException($"'{word[..Math.Min(word.Length, 20)]}' is no value"),
        };
    }

    private string Text()
    {
        var text = new StringBuilder();
        _at++;
        while (true)
        {
            var rest = _text[_at..];
            var plain = rest.IndexOfAny((byte)'"', (byte)'\\');
            if (plain < 0)
            {
                throw new JsonException("a text does not end");
            }

            Decode(rest[..plain], text);
            _at += plain + 1;
            if (rest[plain] == '"')
            {
                return text.ToString();
            }

            Escape(text);
        }
    }

    private void Escape(StringBuilder text)
    {
        var one = (char)Peek();
        _at++;
        if (one != 'u')
        {
            text.Append(one switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', _ => one });
            return;
        }

        if (_text.Length - _at < 4 || !ushort.TryParse(Encoding.ASCII.GetString(_text.Slice(_at, 4)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            throw new JsonException("an escape does not end");
        }

        text.Append((char)code);
        _at += 4;
    }

    private static void Decode(ReadOnlySpan<byte> bytes, StringBuilder text)
    {
        if (Utf8.IsValid(bytes))
        {
            text.Append(Encoding.UTF8.GetString(bytes));
            return;
        }

        Span<char> pair = stackalloc char[2];
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var length) == System.Buffers.OperationStatus.Done)
            {
                text.Append(pair[..rune.EncodeToUtf16(pair)]);
            }
            else
            {
                for (var i = 0; i < length; i++)
                {
                    text.Append((char)(TextJoiner.Bytes + bytes[i]));
                }
            }

            bytes = bytes[length..];
        }
    }

    private readonly byte Peek() => _at < _text.Length ? _text[_at] : throw new JsonException("it ends too early");

    private void Blank()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _at++;
        }
    }
}
