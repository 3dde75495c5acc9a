using System.Globalization;
using System.Text;
using FlowCompile.Text;

namespace FlowCompile.Models.Replay;

/// <summary>Reads comma-separated values (RFC 4180): fields may be quoted, and a quoted one may hold commas, quotes and line breaks.</summary>
internal sealed class CsvReader
{
    private const int MaxField = 1 << 20;
    private readonly TextReader _text;
    private readonly string _file;
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly List<string> _fields = [];
    private readonly StringBuilder _field = new();
    private long _line;
    private long _next = 1;

    /// <summary>Reads the header.</summary>
    /// <exception cref="ReplayFileException">There is none.</exception>
    public CsvReader(TextReader text, string file)
    {
        (_text, _file) = (text, file);
        if (!Next())
        {
            throw new ReplayFileException(file, null, "it is empty; the first line names the columns");
        }

        for (var i = 0; i < _fields.Count; i++)
        {
            if (!_columns.TryAdd(_fields[i], i))
            {
                throw Fail($"the column '{OutsideText.Show(_fields[i])}' is there twice");
            }
        }
    }

    public bool Has(string column) => _columns.ContainsKey(column);

    /// <summary>A field of the row; empty where the table has no such column.</summary>
    public string this[string column] => _columns.TryGetValue(column, out var index) ? _fields[index] : "";

    /// <summary>A field of the row as a number of 0 or more; <see langword="null"/> where it is empty.</summary>
    /// <exception cref="ReplayFileException">It is something else.</exception>
    public double? Number(string column)
    {
        // A note may follow the number: 0 # incorrect.
        var text = this[column].Split(" #", 2)[0];
        return text.Length == 0 ? null
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and < 1e12 ? number
            : throw Fail($"'{column}' is '{OutsideText.Show(text)}', and should be a number of 0 or more");
    }

    /// <summary>A field of the row as a whole number that an <see cref="int"/> holds; <see langword="null"/> where it is empty.</summary>
    /// <exception cref="ReplayFileException">It is something else.</exception>
    public int? Whole(string column) => Number(column) switch
    {
        null => null,
        { } number when number <= int.MaxValue && double.IsInteger(number) => (int)number,
        _ => throw Fail($"'{column}' is '{OutsideText.Show(this[column])}', and should be a whole number of at most {int.MaxValue}"),
    };

    /// <summary>A field of the row as a number of tokens; a mean of several calls is rounded.</summary>
    /// <exception cref="ReplayFileException">It is no number of 0 or more.</exception>
    public long? Tokens(string column) => Number(column) is { } number ? (long)Math.Round(number) : null;

    /// <summary>A field of the row that is a name; empty where the table has no such column.</summary>
    /// <exception cref="ReplayFileException">It has a character that nobody sees.</exception>
    public string Name(string column)
    {
        var name = this[column];
        return OutsideText.IndexOfHidden(name) is >= 0 and var at
            ? throw Fail($"'{column}' is '{OutsideText.Show(name)}', which has the character {OutsideText.NameAt(name, at)}; a name has characters that can be seen")
            : name;
    }

    /// <summary>Reads the next row.</summary>
    /// <exception cref="ReplayFileException">The row is malformed.</exception>
    public bool Read()
    {
        while (Next())
        {
            if (_fields is [""])
            {
                continue;
            }

            return _fields.Count == _columns.Count ? true : throw Fail($"the row has {_fields.Count} fields, and there are {_columns.Count} columns");
        }

        return false;
    }

    public ReplayFileException Fail(string problem) => new(_file, _line, problem);

    private bool Next()
    {
        _fields.Clear();
        _line = _next;
        if (_text.Peek() < 0)
        {
            return false;
        }

        while (true)
        {
            var end = Field();
            _fields.Add(_field.ToString());
            if (end != ',')
            {
                return true;
            }
        }
    }

    /// <summary>Reads a field into the buffer.</summary>
    /// <returns>What ended it: a comma, or the end of the row.</returns>
    private char Field()
    {
        _field.Clear();
        var quoted = _text.Peek() == '"';
        if (quoted)
        {
            _text.Read();
        }

        while (true)
        {
            var c = _text.Read();
            if (c < 0)
            {
                return quoted ? throw Fail("a quote is not closed") : '\n';
            }

            if (c == RecordedFile.Invalid)
            {
                throw Fail(RecordedFile.InvalidText);
            }

            if (c == '\n')
            {
                _next++;
            }

            if (quoted && c == '"')
            {
                if (_text.Peek() != '"')
                {
                    quoted = false;
                    continue;
                }

                _text.Read();
            }
            else if (!quoted && c is ',' or '\n')
            {
                return (char)c;
            }
            else if (!quoted && c == '\r' && _text.Peek() == '\n')
            {
                continue;
            }

            if (_field.Length == MaxField)
            {
                throw Fail("a field is longer than a mebibyte");
            }

            _field.Append((char)c);
        }
    }
}
