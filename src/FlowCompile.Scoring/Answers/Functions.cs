using System.Globalization;
using System.Numerics;

namespace FlowCompile.Scoring;

/// <summary>Functions of exact values: logarithms of rationals are computed, the others are known by what they are applied to.</summary>
internal sealed class Functions(Algebra algebra, Roots roots)
{
    public Quotient Apply(string name, Quotient argument, Quotient? low)
    {
        argument = InRadians(argument);
        return name switch
        {
            "ln" => Ln(argument),
            "log" => low is null ? Named("log", argument) : algebra.Divide(Ln(argument), Ln(low)),
            "exp" => roots.Power(Quotient.Of(Atom.Euler), argument),
            _ => Named(name, argument),
        };
    }

    /// <summary>ln of a rational number is the sum of its primes' logarithms, which are kept as they are.</summary>
    private Quotient Ln(Quotient value)
    {
        if (value.Text == Quotient.Of(Atom.Euler).Text)
        {
            return Quotient.One;
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
                var atom = new Atom(AtomKind.Function, "ln " + prime.ToString(CultureInfo.InvariantCulture));
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

    private static Quotient Named(string name, Quotient argument) => Quotient.Of(new Atom(AtomKind.Function, $"{name}({argument.Text})"));
}
