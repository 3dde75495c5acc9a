namespace FlowCompile.Scoring;

/// <summary>Exact arithmetic with a limit: whatever the expression, it ends after a bounded number of steps of bounded size.</summary>
internal sealed class Algebra
{
    private const int MaxSteps = 20_000;
    private const long MaxBits = 8_192;
    private const int MaxTerms = 400;
    private const int MaxFactors = 40;
    private int _steps;

    public Quotient Add(Quotient a, Quotient b) => a.Bottom.Text == b.Bottom.Text
        ? Reduce(Add(a.Top, b.Top), a.Bottom)
        : Reduce(Add(Multiply(a.Top, b.Bottom), Multiply(b.Top, a.Bottom)), Multiply(a.Bottom, b.Bottom));

    public static Quotient Negate(Quotient a) => a with { Top = a.Top.Times(-1) };

    public Quotient Subtract(Quotient a, Quotient b) => Add(a, Negate(b));

    public Quotient Multiply(Quotient a, Quotient b) => Reduce(Multiply(a.Top, b.Top), Multiply(a.Bottom, b.Bottom));

    public Quotient Divide(Quotient a, Quotient b) => Reduce(Multiply(a.Top, b.Bottom), Multiply(a.Bottom, b.Top));

    public bool AreEqual(Quotient a, Quotient b) => Multiply(a.Top, b.Bottom).Text == Multiply(b.Top, a.Bottom).Text;

    public Polynomial Add(Polynomial a, Polynomial b)
    {
        Spend(a.Terms.Count + b.Terms.Count);
        return Checked(Polynomial.Of(a.Terms.Concat(b.Terms)));
    }

    public Polynomial Multiply(Polynomial a, Polynomial b)
    {
        Spend(a.Terms.Count * (long)b.Terms.Count);
        var terms = new List<KeyValuePair<Monomial, Rational>>();
        foreach (var (left, leftCoefficient) in a.Terms)
        {
            foreach (var (right, rightCoefficient) in b.Terms)
            {
                terms.AddRange(Multiply(left, right, leftCoefficient * rightCoefficient).Terms);
            }
        }

        return Checked(Polynomial.Of(terms));
    }

    /// <summary>A sum to a whole power of 0 or more.</summary>
    public Polynomial Power(Polynomial a, int power)
    {
        var result = Polynomial.One;
        for (var square = a; power > 0; power >>= 1)
        {
            if ((power & 1) == 1)
            {
                result = Multiply(result, square);
            }

            // The last square would not be used, and is the largest.
            square = power > 1 ? Multiply(square, square) : square;
        }

        return result;
    }

    /// <summary>Brings a quotient into a form that is the same for most equal ones: a root below the line goes above it, what both have goes.</summary>
    /// <exception cref="MathFormatException">The lower sum is 0.</exception>
    public Quotient Reduce(Polynomial top, Polynomial bottom)
    {
        if (bottom.IsZero)
        {
            throw new MathFormatException("division by zero");
        }

        if (top.IsZero)
        {
            return Quotient.Zero;
        }

        var (lead, scale) = bottom.Ordered.First();
        if (bottom.Terms.Count > 1)
        {
            var ratio = Ratio(top, bottom);
            return ratio is { } whole ? Quotient.Of(whole) : new Quotient(top.Times(Rational.One / scale), bottom.Times(Rational.One / scale));
        }

        foreach (var (atom, power) in lead.Factors)
        {
            if (atom.Kind is AtomKind.Prime or AtomKind.Imaginary)
            {
                var missing = Polynomial.Of(Monomial.Of(atom, Rational.One - (atom.Kind == AtomKind.Prime ? power : Rational.Zero)), Rational.One);
                (top, bottom) = (Multiply(top, missing), Multiply(bottom, missing));
            }
        }

        bottom.TryTerm(out var monomial, out scale);
        var common = Monomial.Of(monomial!.Factors.Select(factor => (factor.Atom, Least(top, factor))));
        return new Quotient(
            Polynomial.Of(top.Terms.Select(term => KeyValuePair.Create(Without(term.Key, common), term.Value / scale))),
            Polynomial.Of(Without(monomial, common), Rational.One));
    }

    /// <summary>Counts work done, and refuses more than the limit.</summary>
    /// <exception cref="MathFormatException">The limit is reached.</exception>
    public void Spend(long steps)
    {
        if (steps > MaxSteps - _steps)
        {
            throw new MathFormatException("too much work");
        }

        _steps += (int)steps;
    }

    private static Rational Least(Polynomial sum, (Atom Atom, Rational Power) factor)
    {
        var least = sum.Terms.Keys.Min(monomial => monomial.PowerOf(factor.Atom));
        return least.CompareTo(factor.Power) < 0 ? least : factor.Power;
    }

    private static Monomial Without(Monomial monomial, Monomial common) =>
        Monomial.Of(monomial.Factors.Select(factor => (factor.Atom, factor.Power - common.PowerOf(factor.Atom))));

    /// <summary>The rational number that one sum is of the other, where it is one.</summary>
    private static Rational? Ratio(Polynomial a, Polynomial b)
    {
        var (lead, scale) = b.Ordered.First();
        if (!a.Terms.TryGetValue(lead, out var coefficient))
        {
            return null;
        }

        var ratio = coefficient / scale;
        return a.Text == b.Times(ratio).Text ? ratio : null;
    }

    private static Polynomial Checked(Polynomial sum) =>
        sum.Terms.Count <= MaxTerms && sum.Terms.All(term => term.Value.Bits <= MaxBits && term.Key.Factors.Count <= MaxFactors)
            ? sum
            : throw new MathFormatException("too large an expression");

    private Polynomial Multiply(Monomial a, Monomial b, Rational coefficient)
    {
        var powers = a.Factors.ToDictionary(factor => factor.Atom, factor => factor.Power);
        var whole = Polynomial.One;
        foreach (var (atom, power) in b.Factors)
        {
            var sum = powers.GetValueOrDefault(atom) + power;
            if (atom.Kind == AtomKind.Imaginary && sum == 2)
            {
                (sum, coefficient) = (Rational.Zero, -coefficient);
            }
            else if (atom.Kind == AtomKind.Prime && sum.CompareTo(Rational.One) >= 0)
            {
                (sum, coefficient) = (sum - Rational.One, coefficient * System.Numerics.BigInteger.Parse(atom.Name, System.Globalization.CultureInfo.InvariantCulture));
            }
            else if (atom.Kind == AtomKind.Compound && sum.CompareTo(Rational.One) >= 0)
            {
                (sum, whole) = (sum - Rational.One, Multiply(whole, atom.Inner!));
            }

            powers[atom] = sum;
        }

        var product = Polynomial.Of(Monomial.Of(powers.Select(pair => (pair.Key, pair.Value))), coefficient);
        return ReferenceEquals(whole, Polynomial.One) ? product : Multiply(product, whole);
    }
}
