using System.Numerics;

namespace FlowCompile.Scoring;

/// <summary>Functions of exact values: what has an exact value is computed, the others are known by what they are applied to.</summary>
internal sealed class Functions(Algebra algebra, Roots roots)
{
    // Largest and least of more numbers than that are no answer.
    private const int MaxArguments = 40;

    /// <exception cref="MathFormatException">It has no value there.</exception>
    public Quotient Apply(string name, IReadOnlyList<Quotient> arguments, Quotient? low)
    {
        if (name is "gcd" or "lcm" or "max" or "min")
        {
            return OfSeveral(name, arguments);
        }

        var argument = arguments is [var only] ? InRadians(only) : throw new MathFormatException($"{name} of several numbers");
        return name switch
        {
            "ln" => Ln(argument),
            "log" => algebra.Divide(Ln(argument), Ln(low ?? Quotient.Of(10))),
            "lg" => algebra.Divide(Ln(argument), Ln(Quotient.Of(10))),
            "exp" => roots.Power(Quotient.Of(Atom.Euler), argument),
            "abs" => Absolute(argument),
            "floor" or "ceil" when argument.TryRational(out var number) => Quotient.Of(name == "floor" ? number.Floor() : -(-number).Floor()),
            "cis" => algebra.Add(Apply("cos", arguments, null), algebra.Multiply(Quotient.Of(Atom.Imaginary), Apply("sin", arguments, null))),
            "sin" => Sine(argument) ?? Named(name, argument),
            "cos" => Sine(algebra.Add(argument, Half(Quotient.Of(Atom.Pi)))) ?? Named(name, argument),
            "tan" => Ratio("sin", "cos", argument) ?? Named(name, argument),
            "cot" => Ratio("cos", "sin", argument) ?? Named(name, argument),
            "sec" => algebra.Divide(Quotient.One, Apply("cos", arguments, null)),
            "csc" => algebra.Divide(Quotient.One, Apply("sin", arguments, null)),
            _ => Named(name, argument),
        };
    }

    private Quotient Half(Quotient value) => algebra.Divide(value, Quotient.Of(2));

    private Quotient? Ratio(string top, string bottom, Quotient angle) =>
        Twelfths(angle) is null ? null : algebra.Divide(Apply(top, [angle], null), Apply(bottom, [angle], null));

    private static Quotient Absolute(Quotient value)
    {
        if (value.TryRational(out var number))
        {
            return Quotient.Of(number.Sign < 0 ? -number : number);
        }

        // |a - b| is |b - a|.
        return Named("abs", value.Top.Ordered.First().Value.Sign < 0 ? Algebra.Negate(value) : value);
    }

    private Quotient OfSeveral(string name, IReadOnlyList<Quotient> arguments)
    {
        var numbers = new List<Rational>();
        foreach (var argument in arguments)
        {
            if (argument.TryRational(out var number))
            {
                numbers.Add(number);
            }
        }

        if (numbers.Count < arguments.Count || numbers.Count is 0 or > MaxArguments)
        {
            return Quotient.Of(Atom.Function(name, [.. arguments.OrderBy(argument => argument.Text, StringComparer.Ordinal)]));
        }

        algebra.Spend(numbers.Count);
        return Quotient.Of(name switch
        {
            "max" => numbers.Aggregate((a, b) => a.CompareTo(b) > 0 ? a : b),
            "min" => numbers.Aggregate((a, b) => a.CompareTo(b) < 0 ? a : b),
            _ when !numbers.TrueForAll(number => number.IsWhole && number.Sign > 0) => throw new MathFormatException($"{name} of numbers that are not whole"),
            "gcd" => numbers.Select(number => number.Top).Aggregate(BigInteger.GreatestCommonDivisor),
            _ => numbers.Select(number => number.Top).Aggregate((a, b) => a.GetBitLength() + b.GetBitLength() < 4000
                ? a / BigInteger.GreatestCommonDivisor(a, b) * b : throw new MathFormatException("too large a number")),
        });
    }

    /// <summary>How many twelfths of pi an angle is, where it is a whole number of them; taken from 0 to 23.</summary>
    private int? Twelfths(Quotient angle)
    {
        if (angle.Top.IsZero)
        {
            return 0;
        }

        return algebra.Divide(angle, Quotient.Of(Atom.Pi)).TryRational(out var turns) && (turns * 12) is { IsWhole: true } twelfths
            ? (int)(((twelfths.Top % 24) + 24) % 24)
            : null;
    }

    private Quotient? Sine(Quotient angle)
    {
        if (Twelfths(angle) is not { } twelfths)
        {
            return null;
        }

        var sign = twelfths < 12 ? 1 : -1;
        var first = twelfths % 12;
        Quotient value = (first > 6 ? 12 - first : first) switch
        {
            0 => Quotient.Zero,
            1 => Quarter(Root(6), Root(2), -1),
            2 => Quotient.Of(Rational.Of(1, 2)),
            3 => Half(Root(2)),
            4 => Half(Root(3)),
            5 => Quarter(Root(6), Root(2), 1),
            _ => Quotient.One,
        };
        return sign < 0 ? Algebra.Negate(value) : value;

        Quotient Root(int of) => roots.Root(Quotient.Of(of), 2);
        Quotient Quarter(Quotient a, Quotient b, int plus) => Half(Half(plus > 0 ? algebra.Add(a, b) : algebra.Subtract(a, b)));
    }

    /// <summary>ln of a rational number is the sum of its primes' logarithms, which are kept as they are.</summary>
    private Quotient Ln(Quotient value)
    {
        if (value.Bottom.TryRational(out var unit) && unit.IsOne && value.Top.TryTerm(out var monomial, out var one) && one.IsOne
            && monomial.Factors is [({ Kind: AtomKind.Constant, Name: "e" }, var power)])
        {
            return Quotient.Of(power);
        }

        if (!value.TryRational(out var number))
        {
            return Named("ln", value);
        }

        if (number.Sign <= 0)
        {
            throw new MathFormatException("the logarithm of a number that is not above zero");
        }

        var sum = Quotient.Zero;
        Collect(number.Top, 1);
        Collect(number.Bottom, -1);
        return sum;

        void Collect(BigInteger whole, int sign)
        {
            foreach (var (prime, count) in roots.Factor(whole, 1))
            {
                var atom = Atom.Function("ln", Quotient.Of(prime));
                sum = algebra.Add(sum, new Quotient(Polynomial.Of(Monomial.Of(atom, 1), sign * count), Polynomial.One));
            }
        }
    }

    private Quotient InRadians(Quotient angle)
    {
        var degree = Units.AtomOf("°");
        return angle.Atoms.Contains(degree)
            ? algebra.Multiply(algebra.Divide(angle, Quotient.Of(degree)), algebra.Multiply(Quotient.Of(Atom.Pi), Quotient.Of(Rational.Of(1, 180))))
            : angle;
    }

    private static Quotient Named(string name, Quotient argument) => Quotient.Of(Atom.Function(name, argument));
}
