using System.Globalization;
using System.Numerics;

namespace FlowCompile.Scoring;

/// <summary>Powers and roots, exact.</summary>
internal sealed class Roots(Algebra algebra)
{
    private const int MaxPower = 2_000;
    private const int MaxPrime = 20_000;
    private const int MaxFactorBits = 512;

    public Quotient Power(Quotient a, Quotient exponent)
    {
        if (!exponent.TryRational(out var power))
        {
            return Quotient.Of(Atom.Function("pow", a, exponent));
        }

        if (power.IsWhole && OfTerm(a, power.Top) is { } raised)
        {
            return raised;
        }

        if (BigInteger.Abs(power.Top) > MaxPower || power.Bottom > MaxPower)
        {
            throw new MathFormatException("too large a power");
        }

        if (a.Top.IsZero && power.Sign <= 0)
        {
            throw new MathFormatException("zero to a power that is not above zero");
        }

        var root = power.IsWhole ? a : Root(a, (int)power.Bottom);
        var whole = (int)BigInteger.Abs(power.Top);
        var (top, bottom) = (algebra.Power(root.Top, whole), algebra.Power(root.Bottom, whole));
        return power.Sign >= 0 ? algebra.Reduce(top, bottom) : algebra.Reduce(bottom, top);
    }

    /// <summary>The power of one product, however large: each factor's. <see langword="null"/> where it is a sum, or has a root.</summary>
    private static Quotient? OfTerm(Quotient a, BigInteger power)
    {
        if (power.Sign <= 0 || power > 1_000_000 || !a.Top.TryTerm(out var top, out var coefficient) || !a.Bottom.TryTerm(out var bottom, out var below)
            || top.Factors.Concat(bottom.Factors).Any(factor => factor.Atom.Kind is AtomKind.Prime or AtomKind.Compound))
        {
            return null;
        }

        var number = coefficient / below;
        if (!(BigInteger.Abs(number.Top).IsOne && number.IsWhole) && number.Bits * power > 8_000)
        {
            return null;
        }

        // i to a power goes round: 1, i, -1, -i.
        var turns = top.PowerOf(Atom.Imaginary).IsOne ? (int)(power % 4) : 0;
        number = Rational.Of(BigInteger.Pow(number.Top, BigInteger.Abs(number.Top).IsOne ? (int)(power % 2) + 2 : (int)power), BigInteger.Pow(number.Bottom, number.IsWhole ? 1 : (int)power));
        var factors = top.Factors.Where(factor => !factor.Atom.Equals(Atom.Imaginary)).Select(factor => (factor.Atom, factor.Power * power))
            .Concat(turns % 2 == 1 ? [(Atom.Imaginary, Rational.One)] : []);
        return new Quotient(
            Polynomial.Of(Monomial.Of(factors), turns > 1 ? -number : number),
            Polynomial.Of(Monomial.Of(bottom.Factors.Select(factor => (factor.Atom, factor.Power * power))), Rational.One));
    }

    /// <summary>The root of a number or expression; variables count as positive, an odd root of a negative number is negative.</summary>
    public Quotient Root(Quotient a, int degree) => degree is >= 1 and <= MaxPower
        ? algebra.Reduce(Root(a.Top, degree), Root(a.Bottom, degree))
        : throw new MathFormatException("no root of that degree");

    private Polynomial Root(Polynomial a, int degree)
    {
        if (a.IsZero)
        {
            return a;
        }

        if (a.TryTerm(out var monomial, out var coefficient))
        {
            return monomial.Factors.Any(factor => factor.Atom.Kind == AtomKind.Imaginary)
                ? Compound(a, degree)
                : algebra.Multiply(
                    Root(coefficient, degree),
                    Polynomial.Of(Monomial.Of(monomial.Factors.Select(factor => (factor.Atom, factor.Power / degree))), Rational.One));
        }

        var content = Content(a);
        var primitive = a.Times(Rational.One / content);
        return algebra.Multiply(Root(content, degree), (degree == 2 ? SumOfRoots(primitive) : null) ?? Compound(primitive, degree));
    }

    private Polynomial Root(Rational number, int degree)
    {
        if (number.Sign < 0 && degree % 2 == 0)
        {
            return degree == 2
                ? algebra.Multiply(Polynomial.Of(Atom.Imaginary), Root(-number, degree))
                : Compound(Polynomial.Of(number), degree);
        }

        var coefficient = (Rational)number.Sign;
        var factors = new Dictionary<Atom, Rational>();
        Collect(BigInteger.Abs(number.Top), 1);
        Collect(number.Bottom, -1);
        return Polynomial.Of(Monomial.Of(factors.Select(pair => (pair.Key, pair.Value))), coefficient);

        void Collect(BigInteger whole, int sign)
        {
            foreach (var (prime, count) in Factor(whole, degree))
            {
                var power = Rational.Of(sign * count, degree);
                var carried = (int)power.Floor();
                var powered = BigInteger.Pow(prime, Math.Abs(carried));
                coefficient = carried >= 0 ? coefficient * powered : coefficient / powered;
                factors[new Atom(AtomKind.Prime, prime.ToString(CultureInfo.InvariantCulture))] = power - carried;
            }
        }
    }

    /// <summary>Prime factors with their counts. What trial division cannot split stays whole, unless it is a power of the degree.</summary>
    public IEnumerable<(BigInteger Prime, int Count)> Factor(BigInteger number, int degree)
    {
        if (number.GetBitLength() > MaxFactorBits)
        {
            throw new MathFormatException("too large a number under a root");
        }

        algebra.Spend(100);
        for (var prime = 2; prime <= MaxPrime && (BigInteger)prime * prime <= number; prime += prime == 2 ? 1 : 2)
        {
            var count = 0;
            for (; (number % prime).IsZero; number /= prime)
            {
                count++;
            }

            if (count > 0)
            {
                yield return (prime, count);
            }
        }

        if (!number.IsOne)
        {
            var root = WholeRoot(number, degree);
            yield return root is { } exact ? (exact, degree) : (number, 1);
        }
    }

    /// <summary>The whole root of a number, where it has one.</summary>
    private static BigInteger? WholeRoot(BigInteger number, int degree)
    {
        var (low, high) = (BigInteger.One, BigInteger.One << (int)((number.GetBitLength() / degree) + 1));
        while (low < high)
        {
            var middle = (low + high + 1) >> 1;
            (low, high) = BigInteger.Pow(middle, degree) <= number ? (middle, high) : (low, middle - 1);
        }

        return BigInteger.Pow(low, degree) == number ? low : null;
    }

    /// <summary>sqrt(a + b sqrt(c)) = sqrt((a + d) / 2) ± sqrt((a - d) / 2) with d² = a² - b² c, where d is rational.</summary>
    private Polynomial? SumOfRoots(Polynomial sum)
    {
        if (sum.Terms.Count != 2 || !sum.Terms.TryGetValue(Monomial.One, out var a))
        {
            return null;
        }

        var (monomial, coefficient) = sum.Terms.First(term => !term.Key.IsOne);
        var square = algebra.Power(Polynomial.Of(monomial, coefficient), 2);
        if (!square.TryRational(out var squared) || a.Sign <= 0 || squared.Sign <= 0)
        {
            return null;
        }

        var left = (a * a) - squared;
        if (left.Sign < 0 || !Root(left, 2).TryRational(out var d))
        {
            return null;
        }

        var smaller = Root((a - d) / 2, 2);
        return algebra.Add(Root((a + d) / 2, 2), coefficient.Sign < 0 ? smaller.Times(-1) : smaller);
    }

    private static Rational Content(Polynomial sum)
    {
        var (top, bottom) = (BigInteger.Zero, BigInteger.One);
        foreach (var coefficient in sum.Terms.Values)
        {
            top = BigInteger.GreatestCommonDivisor(top, coefficient.Top);
            bottom = bottom / BigInteger.GreatestCommonDivisor(bottom, coefficient.Bottom) * coefficient.Bottom;
        }

        return Rational.Of(top, bottom);
    }

    private static Polynomial Compound(Polynomial sum, int degree) =>
        Polynomial.Of(Monomial.Of(new Atom(AtomKind.Compound, sum.Text, sum), Rational.Of(1, degree)), Rational.One);
}
