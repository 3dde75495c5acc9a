using System.Globalization;
using System.Numerics;

namespace FlowCompile.Scoring;

/// <summary>Cuts an answer, LaTeX or plain text, into tokens; every spelling of one thing gives one token.</summary>
/// <param name="text">The answer.</param>
/// <param name="thousands">Whether a comma before three digits outside of brackets groups digits; otherwise it separates.</param>
internal sealed class MathLexer(string text, bool thousands)
{
    private const int MaxTokens = 600;
    private const string Signs = "+-*/=<>^_!%&|:;,'()[]{}";
    private readonly List<MathToken> _tokens = [];
    private int _at;
    private int _depth;

    public static List<MathToken> Read(string text, bool thousands)
    {
        var lexer = new MathLexer(text, thousands);
        while (lexer._at < text.Length)
        {
            lexer.Next();
            if (lexer._tokens.Count > MaxTokens)
            {
                throw new MathFormatException("too long an answer");
            }
        }

        return lexer._tokens;
    }

    private void Next()
    {
        var c = text[_at];
        if (char.IsWhiteSpace(c) || c is '~' or '\u200B')
        {
            _at++;
        }
        else if (char.IsAsciiDigit(c) || (c == '.' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1])))
        {
            Number();
        }
        else if (c == '\\')
        {
            Command();
        }
        else if (char.IsAsciiLetter(c))
        {
            Plain();
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
        if (c is '<' or '>' && _at < text.Length && text[_at] == '=')
        {
            _at++;
            Symbol(c == '<' ? "≤" : "≥");
        }
        else if (c is '²' or '³')
        {
            Symbol("^");
            _tokens.Add(new MathToken(MathTokenKind.Number, c == '²' ? "2" : "3", c == '²' ? 2 : 3));
        }
        else if (c is '$' or '€' or '£')
        {
            _tokens.Add(new MathToken(MathTokenKind.Word, c == '$' ? "dollar" : c == '€' ? "euro" : "gbp"));
        }
        else if (MathSymbols.Characters.TryGetValue(c, out var symbol))
        {
            Symbol(symbol);
        }
        else if (Signs.Contains(c, StringComparison.Ordinal))
        {
            Symbol(c.ToString());
        }
        else if (c is '√' or '∞' or 'π' or 'θ')
        {
            _tokens.Add(c == '√'
                ? new MathToken(MathTokenKind.Command, "sqrt")
                : new MathToken(MathTokenKind.Letter, c == 'π' ? "pi" : c == 'θ' ? "theta" : "∞"));
        }
        else
        {
            throw new MathFormatException($"'{c}' is no sign of mathematics");
        }
    }

    private void Symbol(string symbol) => _tokens.Add(new MathToken(MathTokenKind.Symbol, symbol));

    private void Number()
    {
        var digits = Digits();
        while (thousands && _depth == 0 && digits.Length is > 0 and <= 60 && ThousandsAt(_at) is > 0 and var length)
        {
            digits += text.Substring(_at + length, 3);
            _at += length + 3;
        }

        var places = 0;
        if (_at < text.Length && text[_at] == '.' && (_at + 1 == text.Length || text[_at + 1] != '.'))
        {
            _at++;
            var fraction = Digits();
            digits += fraction;
            places = fraction.Length;
        }

        if (digits.Length > 300)
        {
            throw new MathFormatException("too long a number");
        }

        var value = Rational.Of(BigInteger.Parse("0" + digits, CultureInfo.InvariantCulture), BigInteger.Pow(10, places));
        if (At("\\overline{") && _at + 10 is var open && text.IndexOf('}', open) is > 0 and var close && close - open is > 0 and < 40
            && text.AsSpan(open, close - open).IndexOfAnyExceptInRange('0', '9') < 0)
        {
            // 0.1 followed by the repeating 6 is 1/10 + 6 / (10 * 9).
            var repeating = BigInteger.Parse(text.AsSpan(open, close - open), NumberStyles.None, CultureInfo.InvariantCulture);
            value += Rational.Of(repeating, BigInteger.Pow(10, places) * (BigInteger.Pow(10, close - open) - 1));
            _at = close + 1;
        }

        _tokens.Add(new MathToken(MathTokenKind.Number, digits, value));
    }

    private string Digits()
    {
        var start = _at;
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
        {
            _at++;
        }

        return text[start.._at];
    }

    /// <summary>The length of what separates groups of three digits; 0 where nothing does.</summary>
    private int ThousandsAt(int at)
    {
        foreach (var separator in (ReadOnlySpan<string>)[",\\!", "{,}", "\\,", "\\ ", "\u202F", "\u2009", ",", " ", "~"])
        {
            var group = at + separator.Length;
            if (string.CompareOrdinal(text, at, separator, 0, separator.Length) == 0 && group + 3 <= text.Length
                && text.AsSpan(group, 3).IndexOfAnyExceptInRange('0', '9') < 0 && (group + 3 == text.Length || !char.IsAsciiDigit(text[group + 3])))
            {
                return separator.Length;
            }
        }

        return 0;
    }

    private bool At(string piece) => string.CompareOrdinal(text, _at, piece, 0, piece.Length) == 0;

    private void Command()
    {
        _at++;
        var start = _at;
        while (_at < text.Length && char.IsAsciiLetter(text[_at]))
        {
            _at++;
        }

        var name = text[start.._at];
        if (name.Length == 0)
        {
            Escaped();
        }
        else if (MathSymbols.Commands.TryGetValue(name, out var symbol))
        {
            Symbol(symbol);
        }
        else if (MathSymbols.Letters.TryGetValue(name, out var letter))
        {
            _tokens.Add(new MathToken(MathTokenKind.Letter, letter));
        }
        else if (MathSymbols.Constructions.TryGetValue(name, out var construction))
        {
            _tokens.Add(new MathToken(MathTokenKind.Command, construction));
        }
        else if (MathSymbols.Functions.Contains(name))
        {
            _tokens.Add(new MathToken(MathTokenKind.Command, name));
        }
        else if (MathSymbols.Texts.Contains(name))
        {
            Text();
        }
        else if (name is "left" or "right" && At("."))
        {
            _at++;
        }
        else if (name == "mathbb" && At("{R}"))
        {
            _at += 3;
            Symbol("ℝ");
        }
        else if (!MathSymbols.Ignored.Contains(name))
        {
            throw new MathFormatException($"the command \\{name} is not known");
        }
    }

    private void Escaped()
    {
        var c = _at < text.Length ? text[_at++] : ' ';
        if (c is '{' or '}')
        {
            Symbol(c == '{' ? "{{" : "}}");
        }
        else if (c is '\\' or '%' or '&')
        {
            Symbol(c == '\\' ? "\\\\" : c.ToString());
        }
        else if (c == '$')
        {
            Sign(c);
        }
        else if (c is not (',' or '!' or ';' or ':' or ' ' or '>' or '(' or ')' or '[' or ']' or '\n'))
        {
            throw new MathFormatException($"the command \\{c} is not known");
        }
    }

    private void Text()
    {
        while (_at < text.Length && text[_at] == ' ')
        {
            _at++;
        }

        var content = _at < text.Length && text[_at] == '{' ? BoxedText.Content(text, _at) : null;
        if (content is null)
        {
            return;
        }

        _at += content.Length + 2;
        _tokens.AddRange(MathWords.Read(content, _tokens));
    }

    private void Plain()
    {
        var start = _at;
        while (_at < text.Length && char.IsAsciiLetter(text[_at]))
        {
            _at++;
        }

        // "square" raises the word behind it.
        if (text[start.._at] is "square" or "sq" or "cubic" or "cu")
        {
            while (_at < text.Length && (text[_at] is ' ' or '.' || char.IsAsciiLetter(text[_at])))
            {
                _at++;
            }

            _tokens.AddRange(MathWords.Read(text[start.._at], _tokens));
            return;
        }

        _tokens.AddRange(MathWords.ReadPlain(text[start.._at], _tokens, start > 0 && !char.IsAsciiDigit(text[start - 1])));
    }
}
