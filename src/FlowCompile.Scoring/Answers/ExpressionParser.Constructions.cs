using System.Globalization;
using System.Numerics;

namespace FlowCompile.Scoring;

/// <summary>Names and commands with arguments: fractions, roots, functions.</summary>
internal sealed partial class ExpressionParser
{
    private const int MaxFactorial = 150;
    private const int MaxShift = 12;

    private Quotient Letter(string name)
    {
        if (TryTake("_"))
        {
            name = $"{name}_{Subscript()}";
        }

        while (TryTake("'"))
        {
            name += "'";
        }

        if (_bound.TryGetValue(name, out var value))
        {
            return value;
        }

        return Quotient.Of(name switch
        {
            "pi" => Atom.Pi,
            "e" => Atom.Euler,
            "i" => Atom.Imaginary,
            "∞" => Atom.Infinity,
            _ => new Atom(AtomKind.Variable, name),
        });
    }

    private string Subscript()
    {
        if (!TryTake("{"))
        {
            return Current.Kind is MathTokenKind.Number or MathTokenKind.Letter or MathTokenKind.Word ? Index(tokens[_at++]) : throw Unexpected();
        }

        var name = "";
        while (!TryTake("}"))
        {
            name += Current.Kind == MathTokenKind.End ? throw Unexpected() : Index(tokens[_at++]);
        }

        return name;
    }

    private string Index(MathToken token) => token.Kind == MathTokenKind.Letter && _bound.TryGetValue(token.Text, out var value) && value.TryRational(out var number)
        ? number.ToString()
        : token.Text;

    /// <summary>An argument of a command: a group, or one token, of which a number gives one digit: \frac12.</summary>
    private Quotient Argument()
    {
        if (Current.Is("{"))
        {
            return Group("{", "}");
        }

        if (Current is { Kind: MathTokenKind.Number, Text.Length: > 1, Value.IsWhole: true } number)
        {
            var rest = number.Text[1..];
            tokens = [.. tokens.Take(_at), Digit(number.Text[..1]), Digit(rest), .. tokens.Skip(_at + 1)];
        }

        return Primary();

        static MathToken Digit(string digits) => new(MathTokenKind.Number, digits, BigInteger.Parse(digits, CultureInfo.InvariantCulture));
    }

    private Quotient Construction(string name)
    {
        switch (name)
        {
            case "frac":
                var top = Argument();
                return algebra.Divide(top, Argument());
            case "binom":
                var all = Argument();
                return Binomial(all, Argument());
            case "cbrt":
                return _roots.Root(Argument(), 3);
            case "sqrt":
                var degree = Current.Is("[") ? Whole(Group("[", "]")) : 2;
                return _roots.Root(Current.Is("{") ? Group("{", "}") : Primary(), degree);
            case "overline":
                return Conjugate(Argument());
            case "sum" or "prod":
                return Series(isSum: name == "sum");
            case "int":
                return Integral();
            case "lim":
                return Limit();
            default:
                return MathSymbols.Functions.Contains(name) ? Function(name) : throw new MathFormatException($"'{name}' is not expected there");
        }
    }

    // The line over a complex number; over letters it is part of a name.
    private static Quotient Conjugate(Quotient value) => new(
        Polynomial.Of(value.Top.Terms.Select(term => KeyValuePair.Create(term.Key, term.Key.PowerOf(Atom.Imaginary).IsOne ? -term.Value : term.Value))), value.Bottom);

    private static int Whole(Quotient value) => value.TryRational(out var number) && number.IsWhole && number.Top >= 0 && number.Top <= 2000
        ? (int)number.Top
        : throw new MathFormatException("not a whole number");

    private Quotient Function(string name)
    {
        var power = TryTake("^") ? Signed(Exponent) : Quotient.One;
        var low = TryTake("_") ? Argument() : null;
        if (power.TryRational(out var inverse) && inverse == -1 && name is "sin" or "cos" or "tan")
        {
            (name, power) = ("arc" + name, Quotient.One);
        }

        var value = new Functions(algebra, _roots).Apply(name, TryArguments() ?? [FunctionArgument()], low);
        return _roots.Power(value, power);
    }

    /// <summary>Several arguments in brackets: max(3, 5).</summary>
    private List<Quotient>? TryArguments()
    {
        var start = _at;
        var braced = TryTake("{{") ? "}}" : TryTake("(") ? ")" : null;
        if (braced is null)
        {
            return null;
        }

        var arguments = new List<Quotient> { Sum() };
        while (TryTake(",") || TryTake(";"))
        {
            arguments.Add(Sum());
        }

        if (arguments.Count > 1 || braced == "}}")
        {
            Take(braced);
            return arguments;
        }

        _at = start;
        return null;
    }

    // \sin 2x is the sine of 2x; \sin(2x) y is a product.
    private Quotient FunctionArgument()
    {
        if (Current.Is("(") || Current.Is("{") || Current.Is("["))
        {
            return Factor();
        }

        var product = Signed(Factor);
        while (Current.Kind is MathTokenKind.Number or MathTokenKind.Letter || Current.IsCommand("frac") || Current.IsCommand("sqrt"))
        {
            product = algebra.Multiply(product, Factor());
        }

        return TryTake("/") ? algebra.Divide(product, Factor()) : product;
    }

    /// <summary>(n + 2)! is (n + 2)(n + 1) n!, so that factorials of neighbours have one form.</summary>
    private Quotient SymbolicFactorial(Quotient value)
    {
        var constant = value.Bottom.TryRational(out var one) && one.IsOne && value.Top.Terms.TryGetValue(Monomial.One, out var number) && number.IsWhole && number.CompareTo(MaxShift) <= 0 && number.CompareTo(-MaxShift) >= 0
            ? (int)number.Top : 0;
        var rest = algebra.Subtract(value, Quotient.Of(constant));
        var result = Quotient.Of(Atom.Function("factorial", rest));
        for (var i = 1; i <= constant; i++)
        {
            result = algebra.Multiply(result, algebra.Add(rest, Quotient.Of(i)));
        }

        for (var i = 0; i > constant; i--)
        {
            result = algebra.Divide(result, algebra.Add(rest, Quotient.Of(i)));
        }

        return result;
    }

    private Quotient Factorial(Quotient value)
    {
        if (!value.TryRational(out _))
        {
            return value.Atoms.Any(atom => atom.Kind == AtomKind.Unit) ? throw Unexpected() : SymbolicFactorial(value);
        }

        var product = BigInteger.One;
        for (var n = Whole(value) is <= MaxFactorial and var whole ? whole : throw new MathFormatException("too large a factorial"); n > 1; n--)
        {
            product *= n;
        }

        return Quotient.Of(product);
    }

    private Quotient Binomial(Quotient n, Quotient k)
    {
        // n choose 2 is n (n - 1) / 2.
        if (!n.TryRational(out _) && k.TryRational(out var few) && few.IsWhole && few.Sign >= 0 && few.CompareTo(MaxShift) <= 0)
        {
            var product = Quotient.One;
            for (var i = 0; i < (int)few.Top; i++)
            {
                product = algebra.Multiply(product, algebra.Divide(algebra.Subtract(n, Quotient.Of(i)), Quotient.Of(i + 1)));
            }

            return product;
        }

        var (all, chosen) = (Whole(n), Whole(k));
        var result = BigInteger.One;
        for (var i = 1; i <= chosen; i++)
        {
            result = result * (all - chosen + i) / i;
        }

        return Quotient.Of(chosen > all ? BigInteger.Zero : result);
    }
}
