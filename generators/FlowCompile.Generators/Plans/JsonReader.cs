using System.Globalization;
using System.Text;

namespace FlowCompile.Generators.Plans;

/// <summary>
/// Reads JSON, with comments and trailing commas. A generator can bring no dependency along, so it has a reader of its own.
/// </summary>
internal sealed class JsonReader
{
    private const int MaxDepth = 64;
    private readonly string _text;
    private int _position;
    private int _depth;

    private JsonReader(string text) => _text = text;

    /// <summary>Reads a document.</summary>
    /// <exception cref="JsonSyntaxException">It is not JSON.</exception>
    public static JsonValue Read(string text)
    {
        var reader = new JsonReader(text);
        if (text.Length > 0 && text[0] == '\uFEFF')
        {
            reader._position = 1;
        }

        var value = reader.ReadValue();
        reader.SkipBlanks();
        return reader._position == text.Length ? value : throw reader.Error("something follows the end of the document");
    }

    private JsonValue ReadValue()
    {
        SkipBlanks();
        var start = _position;
        switch (Peek())
        {
            case '{':
                return ReadMembers(new JsonValue(JsonKind.Object, start, ""));
            case '[':
                return ReadItems(new JsonValue(JsonKind.List, start, ""));
            case '"':
                return new JsonValue(JsonKind.Text, start, ReadText());
            case 't':
                return ReadWord("true", JsonKind.True);
            case 'f':
                return ReadWord("false", JsonKind.False);
            case 'n':
                return ReadWord("null", JsonKind.Null);
            default:
                return new JsonValue(JsonKind.Number, start, ReadNumber());
        }
    }

    private JsonValue ReadMembers(JsonValue value)
    {
        Enter();
        while (!TryTake('}'))
        {
            if (Peek() != '"')
            {
                throw Error("a name in quotes was expected");
            }

            var name = ReadText();
            Require(':');
            value.Members.Add(new KeyValuePair<string, JsonValue>(name, ReadValue()));
            RequireSeparator('}');
        }

        _depth--;
        return value;
    }

    private JsonValue ReadItems(JsonValue value)
    {
        Enter();
        while (!TryTake(']'))
        {
            value.Items.Add(ReadValue());
            RequireSeparator(']');
        }

        _depth--;
        return value;
    }

    private string ReadText()
    {
        var text = new StringBuilder();
        _position++;
        while (Peek() != '"')
        {
            var c = _text[_position++];
            if (c < ' ')
            {
                _position--;
                throw Error("a text must end on its line");
            }

            text.Append(c == '\\' ? ReadEscape() : c);
        }

        _position++;
        return text.ToString();
    }

    private char ReadEscape()
    {
        var c = Peek();
        _position++;
        switch (c)
        {
            case '"' or '\\' or '/':
                return c;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when _position + 4 <= _text.Length
                && ushort.TryParse(_text.Substring(_position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _position += 4;
                return (char)code;
            default:
                throw Error("that is no escape sequence");
        }
    }

    private string ReadNumber()
    {
        var start = _position;
        TryTakeHere('-');
        var leadingZero = TryTakeHere('0');
        var digits = TakeDigits();
        var valid = leadingZero ? digits == 0 : digits > 0;
        valid &= !TryTakeHere('.') || TakeDigits() > 0;
        if (TryTakeHere('e') || TryTakeHere('E'))
        {
            _ = TryTakeHere('+') || TryTakeHere('-');
            valid &= TakeDigits() > 0;
        }

        return valid ? _text.Substring(start, _position - start) : throw Error("a value was expected");
    }

    private int TakeDigits()
    {
        var start = _position;
        while (_position < _text.Length && _text[_position] is >= '0' and <= '9')
        {
            _position++;
        }

        return _position - start;
    }

    private JsonValue ReadWord(string word, JsonKind kind)
    {
        if (string.CompareOrdinal(_text, _position, word, 0, word.Length) != 0)
        {
            throw Error("a value was expected");
        }

        _position += word.Length;
        return new JsonValue(kind, _position - word.Length, "");
    }

    private void Enter()
    {
        _position++;
        if (++_depth > MaxDepth)
        {
            throw Error("the document is nested too deeply");
        }
    }

    private void Require(char c)
    {
        if (!TryTake(c))
        {
            throw Error($"'{c}' was expected");
        }
    }

    private void RequireSeparator(char end)
    {
        if (!TryTake(','))
        {
            SkipBlanks();
            if (Peek() != end)
            {
                throw Error($"',' or '{end}' was expected");
            }
        }
    }

    private bool TryTake(char c)
    {
        SkipBlanks();
        return TryTakeHere(c);
    }

    private bool TryTakeHere(char c)
    {
        var there = _position < _text.Length && _text[_position] == c;
        _position += there ? 1 : 0;
        return there;
    }

    private char Peek() => _position < _text.Length ? _text[_position] : throw Error("the file ends too early");

    private void SkipBlanks()
    {
        while (_position < _text.Length)
        {
            if (_text[_position] is ' ' or '\t' or '\r' or '\n')
            {
                _position++;
            }
            else if (string.CompareOrdinal(_text, _position, "//", 0, 2) == 0)
            {
                _position = _text.IndexOf('\n', _position) is >= 0 and var end ? end : _text.Length;
            }
            else if (string.CompareOrdinal(_text, _position, "/*", 0, 2) == 0)
            {
                _position = _text.IndexOf("*/", _position + 2, StringComparison.Ordinal) is >= 0 and var end
                    ? end + 2
                    : throw Error("a comment has no end");
            }
            else
            {
                return;
            }
        }
    }

    private JsonSyntaxException Error(string message) => new(Math.Min(_position, _text.Length), message);
}
