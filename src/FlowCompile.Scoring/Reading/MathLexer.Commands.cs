namespace FlowCompile.Scoring;

/// <summary>Commands of LaTeX.</summary>
internal sealed partial class MathLexer
{
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
            _depth += symbol == "{{" ? 1 : symbol == "}}" ? -1 : 0;
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
            _tokens.Add(new MathToken(MathTokenKind.Command, MathWords.Function(name)));
        }
        else if (MathSymbols.Texts.Contains(name))
        {
            Text(name);
        }
        else if (name is "left" or "right" && At("."))
        {
            _at++;
        }
        else if (name is "not")
        {
            Denied();
        }
        else if (name is "mathbb" or "mathbf" or "Bbb" or "mathscr" or "mathcal")
        {
            Set(name);
        }
        else if (MathSymbols.Sized.Contains(name))
        {
            SkipArgument();
            _spaced = true;
        }
        else if (MathSymbols.Ignored.Contains(name))
        {
            _spaced |= name is "quad" or "qquad" or "thinspace";
        }
        else
        {
            throw new MathFormatException($"the command \\{name} is not known");
        }
    }

    private void Escaped()
    {
        var c = _at < text.Length ? text[_at++] : ' ';
        if (c is '{' or '}')
        {
            _depth += c == '{' ? 1 : -1;
            Symbol(c == '{' ? "{{" : "}}");
        }
        else if (c == '\\')
        {
            // \\[4pt] ends a row and leaves room.
            if (At("[") && text.IndexOf(']', _at) is var close && close > _at && close - _at < 10 && text.AsSpan(_at, close - _at).IndexOfAnyInRange('a', 'z') > 0)
            {
                _at = close + 1;
            }

            Symbol("\\\\");
        }
        else if (c is '%' or '&' or '$' or '#')
        {
            if (c != '#')
            {
                Sign(c);
            }
        }
        else if (c is ',' or ';' or ':' or ' ' or '>' or '\n')
        {
            _spaced = true;
        }
        else if (c == '|')
        {
            Symbol("|");
        }
        else if (c is not ('!' or '(' or ')' or '[' or ']' or '/' or '-' or '_'))
        {
            throw new MathFormatException($"the command \\{c} is not known");
        }
    }

    // \not= and \not\in
    private void Denied()
    {
        if (At("="))
        {
            _at++;
            Symbol("≠");
        }
        else
        {
            throw new MathFormatException("a denial is no answer");
        }
    }

    private void Set(string name)
    {
        SkipBlanks();
        var content = At("{") ? BoxedText.Content(text, _at) : null;
        if (content is { Length: 1 } && content[0] is 'R' or 'Z' or 'N' or 'Q' or 'C' && name != "mathcal")
        {
            _at += 3;
            if (content == "R")
            {
                Symbol("ℝ");
            }
            else
            {
                _tokens.Add(new MathToken(MathTokenKind.Letter, "set " + content));
            }
        }
        else if (name == "mathbf")
        {
            Text(name);
        }
    }

    private void Text(string name)
    {
        SkipBlanks();
        if (!At("{"))
        {
            return;
        }

        if (BoxedText.Content(text, _at) is not { } content)
        {
            throw new MathFormatException("a brace that nothing closes");
        }

        _at += content.Length + 2;
        var inside = content.Trim();

        // A bold i, j or k, or one with a hat, is a unit vector.
        if (name is "mathbf" or "hat" or "vec" or "boldsymbol" or "bm" or "bold" or "widehat" && inside is "i" or "j" or "k" or "\\imath" or "\\jmath" or "\\mathbf{i}" or "\\mathbf{j}" or "\\mathbf{k}")
        {
            _tokens.Add(new MathToken(MathTokenKind.Letter, "vec " + inside.First(c => c is 'i' or 'j' or 'k')));
            return;
        }

        if (name is "hat" or "vec" or "bar" or "tilde" or "widehat" or "widetilde" or "mathring" or "bold" or "boldsymbol" or "bm" or "overrightarrow" or "pmb")
        {
            _tokens.AddRange(Read(content, commas, _nesting + 1, Behind));
            return;
        }

        if (name is "operatorname" && MathSymbols.Functions.Contains(inside))
        {
            _tokens.Add(new MathToken(MathTokenKind.Command, MathWords.Function(inside)));
            return;
        }

        _tokens.AddRange(MathWords.Read(content, Behind, _nesting));
    }

    private void SkipBlanks()
    {
        while (_at < text.Length && text[_at] is ' ' or '*')
        {
            _at++;
        }
    }

    private void SkipArgument()
    {
        SkipBlanks();
        if (At("{") && BoxedText.Content(text, _at) is { } content)
        {
            _at += content.Length + 2;
        }
    }
}
