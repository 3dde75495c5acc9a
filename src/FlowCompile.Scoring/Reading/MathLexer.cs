using System.Globalization;

namespace FlowCompile.Scoring;

/// <summary>Cuts an answer, LaTeX or plain text, into tokens; every spelling of one thing gives one token.</summary>
/// <param name="text">The answer.</param>
/// <param name="commas">What a comma between digits means.</param>
internal sealed partial class MathLexer(string text, Commas commas)
{
    private const int MaxTokens = 600;
    private const int MaxNesting = 4;
    private const string Signs = "+-*/=<>^_!%&|:;,'()[]{}";
    private readonly List<MathToken> _tokens = [];
    private int _at;
    private int _depth;
    private int _nesting;
    private bool _spaced;

    private IReadOnlyList<MathToken> _before = [];

    /// <summary>The tokens before the next.</summary>
    private IReadOnlyList<MathToken> Behind => _tokens.Count > 0 ? _tokens : _before;

    public static List<MathToken> Read(string text, Commas commas) => Read(text, commas, 0, []);

    /// <summary>Reads a text inside another.</summary>
    /// <param name="text">The text.</param>
    /// <param name="commas">What a comma between digits means.</param>
    /// <param name="nesting">How many texts it is in.</param>
    /// <param name="before">The tokens before it.</param>
    public static List<MathToken> Read(string text, Commas commas, int nesting, IReadOnlyList<MathToken> before)
    {
        if (nesting > MaxNesting)
        {
            throw new MathFormatException("too deep a text");
        }

        var lexer = new MathLexer(LatexForms.Rewrite(text), commas) { _nesting = nesting, _before = before };
        lexer.ReadAll();
        return TokenFixes.Apply(lexer._tokens);
    }

    private void ReadAll()
    {
        while (_at < text.Length)
        {
            var before = _tokens.Count;
            Next();
            if (_tokens.Count > MaxTokens)
            {
                throw new MathFormatException("too long an answer");
            }

            if (_tokens.Count > before)
            {
                _tokens[before] = _tokens[before] with { Spaced = _spaced };
                _spaced = false;
            }
        }
    }

    private void Next()
    {
        var c = text[_at];
        if (char.IsWhiteSpace(c) || c is '~' or '\u200B')
        {
            _at++;
            _spaced = true;
        }
        else if (NumberReader.StartsAt(text, _at))
        {
            var number = NumberReader.Read(text, _at, commas, _depth > 0);
            _at = number.End;
            _tokens.Add(new MathToken(MathTokenKind.Number, number.Digits, number.Value));
        }
        else if (c == '\\')
        {
            Command();
        }
        else if (char.IsAsciiLetter(c))
        {
            Plain();
        }
        else if (IsLetter(c) && !MathSymbols.Greek.ContainsKey(c))
        {
            OtherWord();
        }
        else
        {
            _at++;
            Sign(c);
        }
    }

    private void Sign(char c)
    {
        _depth += c is '(' or '[' ? 1 : c is ')' or ']' ? -1 : 0;
        if (c == '.' && _at + 1 < text.Length && text[_at] == '.' && text[_at + 1] == '.')
        {
            _at += 2;
            Symbol("…");
        }
        else if (Pair(c) is { } pair)
        {
            _at++;
            Symbol(pair);
        }
        else if (MathSymbols.Currencies.TryGetValue(c, out var currency))
        {
            _tokens.Add(new MathToken(MathTokenKind.Word, currency));
        }
        else if (MathSymbols.Characters.TryGetValue(c, out var symbol))
        {
            Symbol(symbol);
        }
        else if (MathSymbols.Greek.TryGetValue(c, out var greek))
        {
            _tokens.Add(new MathToken(MathTokenKind.Letter, greek));
        }
        else if (Signs.Contains(c, StringComparison.Ordinal))
        {
            Symbol(c.ToString());
        }
        else if (c is '√' or '∑' or '∫' or '∏')
        {
            _tokens.Add(new MathToken(MathTokenKind.Command, c == '√' ? "sqrt" : c == '∑' ? "sum" : c == '∫' ? "int" : "prod"));
        }
        else if (c is not ('.' or '?' or '"' or '`') && char.GetUnicodeCategory(c) is not (UnicodeCategory.OtherSymbol or UnicodeCategory.Surrogate or UnicodeCategory.NonSpacingMark))
        {
            throw new MathFormatException($"'{c}' is no sign of mathematics");
        }
    }

    private string? Pair(char c) => _at < text.Length ? (c, text[_at]) switch
    {
        ('<', '=') => "≤",
        ('>', '=') => "≥",
        ('!', '=') or ('<', '>') => "≠",
        ('=', '=') => "=",
        ('*', '*') => "^",
        ('-', '>') or ('=', '>') => "→",
        _ => null,
    } : null;

    private void Symbol(string symbol) => _tokens.Add(new MathToken(MathTokenKind.Symbol, symbol));

    private bool At(string piece) => string.CompareOrdinal(text, _at, piece, 0, piece.Length) == 0;

    private static bool IsLetter(char c) => c > '\u007F' && char.IsLetter(c);

    // A word of another script counts what it names, as any word does.
    private void OtherWord()
    {
        var start = _at;
        while (_at < text.Length && (IsLetter(text[_at]) || char.IsAsciiLetter(text[_at])))
        {
            _at++;
        }

        _tokens.Add(new MathToken(MathTokenKind.Word, text[start.._at]));
    }

    private void Plain()
    {
        var start = _at;
        while (_at < text.Length && char.IsAsciiLetter(text[_at]))
        {
            _at++;
        }

        if (_at < text.Length && IsLetter(text[_at]) && !MathSymbols.Greek.ContainsKey(text[_at]))
        {
            _at = start;
            OtherWord();
            return;
        }

        if (NumberWords.IsPart(text[start.._at]) && NumberPhrase(start))
        {
            return;
        }

        // "square" raises the word behind it.
        if (text[start.._at] is "square" or "sq" or "cubic" or "cu")
        {
            while (_at < text.Length && (text[_at] is ' ' or '.' || char.IsAsciiLetter(text[_at])))
            {
                _at++;
            }

            _tokens.AddRange(MathWords.Read(text[start.._at], Behind, _nesting));
            return;
        }

        // p.m. and a.m. have full stops inside.
        if (text[start.._at] is "p" or "a" or "P" or "A" && (At(".m") || At(".M")) && Behind.Count > 0)
        {
            _at += At(".m.") || At(".M.") ? 3 : 2;
            _tokens.Add(new MathToken(MathTokenKind.Word, char.ToLowerInvariant(text[start]) + "m"));
            return;
        }

        var spaced = start > 0 && !char.IsAsciiDigit(text[start - 1]);
        var digits = start > 0 && _tokens.Count > 0 && _tokens[^1].Kind == MathTokenKind.Number;
        if (text[start.._at] is "x" or "X" && digits && NextIsDigit())
        {
            Symbol("*");
            return;
        }

        _tokens.AddRange(MathWords.ReadPlain(text[start.._at], Behind, spaced, _nesting > 0));
    }

    // forty-two, one hundred and five, two thirds: as many words as are one number.
    private bool NumberPhrase(int start)
    {
        var ends = new List<int>();
        var words = new List<string>();
        for (var at = start; words.Count < 12 && at < text.Length && char.IsAsciiLetter(text[at]);)
        {
            var end = at;
            while (end < text.Length && (char.IsAsciiLetter(text[end]) || (text[end] == '-' && end + 1 < text.Length && char.IsAsciiLetter(text[end + 1]))))
            {
                end++;
            }

            words.Add(text[at..end]);
            ends.Add(end);
            at = end < text.Length && text[end] == ' ' ? end + 1 : text.Length;
        }

        if (!NumberWords.TryRead([.. words], 0, out var number, out var taken))
        {
            return false;
        }

        _at = ends[taken - 1];
        _tokens.Add(new MathToken(MathTokenKind.Number, number.ToString(), number));
        return true;
    }

    private bool NextIsDigit()
    {
        var at = _at;
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at < text.Length && char.IsAsciiDigit(text[at]);
    }
}
