namespace FlowCompile.Scoring;

/// <summary>
/// Reads an expression and computes its exact value on the way: sum = term (± term)*, term = factor ((* | / | nothing) factor)*,
/// factor = primary (^ factor | ! | ° | %)*.
/// </summary>
/// <param name="tokens">The tokens of the expression alone.</param>
/// <param name="algebra">The arithmetic, with its limits.</param>
/// <param name="plusMinus">What ± counts as: 1 or -1.</param>
internal sealed partial class ExpressionParser(IReadOnlyList<MathToken> tokens, Algebra algebra, int plusMinus)
{
    private readonly Dictionary<string, Quotient> _bound = new(StringComparer.Ordinal);
    private const int MaxDepth = 40;
    private readonly Roots _roots = new(algebra);
    private int _at;
    private int _depth;

    private MathToken Current => Peek(0);

    /// <exception cref="MathFormatException">The tokens are no expression.</exception>
    public static Quotient Read(IReadOnlyList<MathToken> tokens, Algebra algebra, int plusMinus = 1) => Read(tokens, algebra, plusMinus, []);

    private static Quotient Read(IReadOnlyList<MathToken> tokens, Algebra algebra, int plusMinus, Dictionary<string, Quotient> bound)
    {
        var parser = new ExpressionParser(tokens, algebra, plusMinus);
        foreach (var (name, known) in bound)
        {
            parser._bound[name] = known;
        }

        var value = parser.Sum();
        return parser.Current.Kind == MathTokenKind.End ? value : throw parser.Unexpected();
    }

    private MathToken Peek(int ahead) => _at + ahead < tokens.Count ? tokens[_at + ahead] : default;

    private MathFormatException Unexpected() => new($"'{Current.Text}' is not expected there");

    private bool TryTake(string symbol)
    {
        var there = Current.Is(symbol);
        _at += there ? 1 : 0;
        return there;
    }

    private void Take(string symbol)
    {
        if (!TryTake(symbol))
        {
            throw Unexpected();
        }
    }

    private int? TrySign()
    {
        var sign = Current.Is("+") ? 1 : Current.Is("-") ? -1 : Current.Is("±") ? plusMinus : Current.Is("∓") ? -plusMinus : (int?)null;
        _at += sign is null ? 0 : 1;
        return sign;
    }

    private Quotient Sum()
    {
        if (++_depth > MaxDepth)
        {
            throw new MathFormatException("too deep an expression");
        }

        var negative = Current.Is("-");
        var sum = Signed(Term);
        while (true)
        {
            if (TrySign() is { } sign)
            {
                var term = Signed(Term);
                sum = algebra.Add(sum, sign < 0 ? Algebra.Negate(term) : term);
            }
            else if (IsNextQuantity())
            {
                // 3 feet 6 inches is their sum.
                var term = Term();
                sum = algebra.Add(sum, negative ? Algebra.Negate(term) : term);
            }
            else
            {
                break;
            }
        }

        _depth--;
        return Split(sum);
    }

    // {a \over b} and {n \choose k}: what stands before and behind, as far as the group goes.
    private Quotient Split(Quotient top)
    {
        if (Current.IsCommand("over"))
        {
            _at++;
            return algebra.Divide(top, Sum());
        }

        if (Current.IsCommand("choose"))
        {
            _at++;
            return Binomial(top, Sum());
        }

        return top;
    }

    // A number behind a unit that stands behind a number; a sign of money stands before.
    private bool IsNextQuantity()
    {
        if (Current.Kind != MathTokenKind.Number || _at < 2 || tokens[_at - 1].Kind != MathTokenKind.Word)
        {
            return false;
        }

        var at = _at - 1;
        while (at > 0 && tokens[at].Kind == MathTokenKind.Word)
        {
            at--;
        }

        return tokens[at].Kind == MathTokenKind.Number || tokens[at].Is("}") || tokens[at].Is(")");
    }

    private Quotient Signed(Func<Quotient> read)
    {
        var negative = false;
        while (TrySign() is { } sign)
        {
            negative ^= sign < 0;
        }

        var value = read();
        return negative ? Algebra.Negate(value) : value;
    }

    private Quotient Term()
    {
        var product = Mixed() is { } mixed ? Postfixed(mixed) : Factor();
        while (true)
        {
            if (TryTake("*"))
            {
                product = algebra.Multiply(product, Signed(Factor));
            }
            else if (TryTake("/"))
            {
                product = algebra.Divide(product, Signed(Factor));
            }
            else if (Current.IsCommand("bmod"))
            {
                _at++;
                product = Remainder(product, Factor());
            }
            else if (StartsFactor())
            {
                // Two numbers side by side are no product, and no number either.
                product = Current.Kind == MathTokenKind.Number && tokens[_at - 1].Kind == MathTokenKind.Number ? throw Unexpected() : algebra.Multiply(product, Factor());
            }
            else
            {
                return product;
            }
        }
    }

    private static Quotient Remainder(Quotient a, Quotient b) => a.TryRational(out var number) && b.TryRational(out var modulus) && number.IsWhole && modulus.IsWhole && modulus.Sign > 0
        ? Quotient.Of(((number.Top % modulus.Top) + modulus.Top) % modulus.Top)
        : throw new MathFormatException("a remainder of something else than whole numbers");

    private bool StartsFactor() => !IsNextQuantity() && (Current.Kind is MathTokenKind.Number or MathTokenKind.Letter or MathTokenKind.Word
        || (Current.Kind == MathTokenKind.Command && Current.Text is not ("end" or "over" or "choose" or "pmod" or "bmod"))
        || Current.Is("(") || Current.Is("[") || Current.Is("{") || Current.Is("⌊") || Current.Is("⌈"));

    /// <summary>A whole number and a proper fraction side by side: 1 1/2.</summary>
    private Quotient? Mixed()
    {
        if (Current is not { Kind: MathTokenKind.Number, Value.IsWhole: true })
        {
            return null;
        }

        var start = _at;
        var whole = tokens[_at++].Value;
        if (Current.IsCommand("frac"))
        {
            _at++;
            if (Argument().TryRational(out var top) && Argument().TryRational(out var bottom)
                && top.IsWhole && bottom.IsWhole && top.Sign > 0 && bottom.CompareTo(top) > 0 && !Current.Is("^"))
            {
                return Quotient.Of(whole + (top / bottom));
            }
        }
        else if (Current is { Kind: MathTokenKind.Number, Value.IsWhole: true } top && Peek(1).Is("/") && Peek(2) is { Kind: MathTokenKind.Number, Value.IsWhole: true } bottom
            && bottom.Value.CompareTo(top.Value) > 0)
        {
            _at += 3;
            return Quotient.Of(whole + (top.Value / bottom.Value));
        }

        _at = start;
        return null;
    }

    private Quotient Factor() => Postfixed(Primary());

    private Quotient Postfixed(Quotient value)
    {
        while (true)
        {
            if (TryTake("^"))
            {
                value = Raised(value);
            }
            else if (TryTake("!"))
            {
                value = Factorial(value);
            }
            else if (TryTake("°"))
            {
                value = algebra.Multiply(value, Quotient.Of(Units.AtomOf("°")));
            }
            else if (TryTake("%"))
            {
                value = algebra.Multiply(value, Quotient.Of(Units.AtomOf("%")));
            }
            else
            {
                return value;
            }
        }
    }

    private Quotient Raised(Quotient value)
    {
        // 30^\circ and 30^{\circ} are degrees.
        if (Current.Is("°") || (Current.Is("{") && Peek(1).Is("°") && Peek(2).Is("}")))
        {
            _at += Current.Is("°") ? 1 : 3;
            return algebra.Multiply(value, Quotient.Of(Units.AtomOf("°")));
        }

        return _roots.Power(value, Signed(Exponent));
    }

    // a^b^c is a^(b^c); LaTeX takes one digit of a bare number, but who writes x^10 means ten.
    private Quotient Exponent()
    {
        var value = Current.Is("{") ? Group("{", "}") : Primary();
        return TryTake("^") ? _roots.Power(value, Signed(Exponent)) : value;
    }

    private Quotient Primary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case MathTokenKind.Number:
                _at++;
                return Quotient.Of(token.Value);
            case MathTokenKind.Word:
                _at++;
                return Units.Of(token.Text);
            case MathTokenKind.Letter:
                _at++;
                return Letter(token.Text);
            case MathTokenKind.Command:
                _at++;
                return Construction(token.Text);
            default:
                return token.Is("(") ? Group("(", ")") : token.Is("[") ? Group("[", "]") : token.Is("{") ? Group("{", "}") : token.Is("|") ? Call("abs", Group("|", "|"))
                    : token.Is("⌊") ? Call("floor", Group("⌊", "⌋")) : token.Is("⌈") ? Call("ceil", Group("⌈", "⌉")) : throw Unexpected();
        }
    }

    private Quotient Call(string function, params IReadOnlyList<Quotient> arguments) => new Functions(algebra, _roots).Apply(function, arguments, null);

    private Quotient Group(string open, string close)
    {
        Take(open);
        var value = Sum();
        Take(close);
        return value;
    }
}
