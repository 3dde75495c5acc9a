namespace FlowCompile.Scoring;

/// <summary>Compares values with or without units.</summary>
internal sealed class QuantityComparer(Algebra algebra)
{
    public bool AreEqual(Quotient a, Quotient b)
    {
        if (AreSameValue(a, b))
        {
            return true;
        }

        var (left, right) = (Split(a) ?? Split(InBase(a)), Split(b) ?? Split(InBase(b)));
        if (left is not { } x || right is not { } y || (x.Unit.Text == y.Unit.Text && (x.Unit.IsOne || !AreSameValue(x.Value, y.Value))))
        {
            return false;
        }

        // One has a unit and the other leaves it out; a percentage may also be written as the fraction it is.
        if (y.Unit.IsOne != x.Unit.IsOne)
        {
            var (value, unit, bare) = x.Unit.IsOne ? (y.Value, y.Unit, x.Value) : (x.Value, x.Unit, y.Value);
            return AreSameValue(value, bare)
                || (unit.Factors is [({ Name: "%" }, { IsOne: true })] && AreSameValue(Scaled(value, Rational.Of(1, 100)), bare));
        }

        var (from, fromScale) = ToBase(x.Unit);
        var (to, toScale) = ToBase(y.Unit);
        if (IsAngle(from, to))
        {
            var radians = algebra.Multiply(from.Text.Contains('°', StringComparison.Ordinal) ? x.Value : y.Value, new Quotient(Polynomial.Of(Atom.Pi), Polynomial.Of(180)));
            return AreSameValue(radians, from.Text.Contains('°', StringComparison.Ordinal) ? y.Value : x.Value);
        }

        return from.Text == to.Text && AreSameValue(Scaled(x.Value, fromScale), Scaled(y.Value, toScale));
    }

    /// <summary>The value without its unit; <see langword="null"/> where its terms differ in theirs.</summary>
    public Quotient? Bare(Quotient value) => (Split(value) ?? Split(InBase(value)))?.Value;

    /// <summary>Whether quantities are one in several units, each smaller than the one before: feet and inches.</summary>
    public bool AreParts(IReadOnlyList<Quotient> values)
    {
        var units = values.Select(Split).ToList();
        if (!units.TrueForAll(unit => unit is { Unit.IsOne: false }))
        {
            return false;
        }

        var bases = units.ConvertAll(unit => ToBase(unit!.Value.Unit));
        return bases.TrueForAll(one => one.Base.Text == bases[0].Base.Text)
            && Enumerable.Range(1, bases.Count - 1).All(i => bases[i].Scale.CompareTo(bases[i - 1].Scale) < 0);
    }

    // Exactly, or where functions and roots in roots keep algebra from telling, by as many digits as are asked for.
    private bool AreSameValue(Quotient a, Quotient b) => algebra.AreEqual(a, b) || AreSame(a, b) || PreciseComparer.AreEqual(a, b) || AreSameWithJ(a, b) || AreSameWithJ(b, a);

    private static bool AreSame(Quotient a, Quotient b) => a.Text == b.Text;

    // Engineers write j for the imaginary unit.
    private bool AreSameWithJ(Quotient a, Quotient b)
    {
        var j = new Atom(AtomKind.Variable, "j");
        if (!b.Atoms.Contains(j) || a.Atoms.Contains(j) || !a.Atoms.Contains(Atom.Imaginary) || b.Atoms.Contains(Atom.Imaginary))
        {
            return false;
        }

        return algebra.AreEqual(a, algebra.Divide(With(b.Top), With(b.Bottom)));

        Quotient With(Polynomial sum) => sum.Terms.Aggregate(Quotient.Zero, (total, term) => algebra.Add(total, term.Key.Factors.Aggregate(
            Quotient.Of(term.Value),
            (product, factor) => algebra.Multiply(product, factor.Atom.Equals(j) && factor.Power.IsWhole && factor.Power.Top < 20
                ? new Quotient(algebra.Power(Polynomial.Of(Atom.Imaginary), (int)factor.Power.Top), Polynomial.One)
                : new Quotient(Polynomial.Of(Monomial.Of(factor.Atom, factor.Power), Rational.One), Polynomial.One)))));
    }

    // 3 feet 6 inches: every term in the base unit of its quantity.
    private static Quotient InBase(Quotient value) => new(
        Polynomial.Of(value.Top.Terms.Select(term =>
        {
            var (unit, scale) = ToBase(term.Key.Only(kind => kind == AtomKind.Unit));
            return KeyValuePair.Create(Monomial.Of(term.Key.Only(kind => kind != AtomKind.Unit).Factors.Concat(unit.Factors)), term.Value * scale);
        })),
        value.Bottom);

    private Quotient Scaled(Quotient value, Rational factor) => algebra.Multiply(value, Quotient.Of(factor));

    private static bool IsAngle(Monomial a, Monomial b) =>
        (a.Factors, b.Factors) is ([({ Name: "°" }, { IsOne: true })], [({ Name: "rad" }, { IsOne: true })]) or ([({ Name: "rad" }, { IsOne: true })], [({ Name: "°" }, { IsOne: true })]);

    /// <summary>The value without its unit, and the unit; <see langword="null"/> where the terms differ in theirs.</summary>
    private (Quotient Value, Monomial Unit)? Split(Quotient value)
    {
        var top = UnitOf(value.Top);
        var bottom = UnitOf(value.Bottom);
        if (top is null || bottom is null)
        {
            return null;
        }

        // What is below the line counts as a negative power.
        var unit = Monomial.Of(top.Factors.Concat(bottom.Factors.Select(factor => (factor.Atom, -factor.Power))));
        return (algebra.Reduce(Without(value.Top), Without(value.Bottom)), unit);
    }

    private static Monomial? UnitOf(Polynomial sum)
    {
        var units = sum.Terms.Keys.Select(monomial => monomial.Only(kind => kind == AtomKind.Unit)).Distinct().ToList();
        return units.Count switch { 0 => Monomial.One, 1 => units[0], _ => null };
    }

    private static Polynomial Without(Polynomial sum) =>
        Polynomial.Of(sum.Terms.Select(term => KeyValuePair.Create(term.Key.Only(kind => kind != AtomKind.Unit), term.Value)));

    private static (Monomial Base, Rational Scale) ToBase(Monomial unit)
    {
        var scale = Rational.One;
        var factors = new Dictionary<Atom, Rational>();
        foreach (var (atom, power) in unit.Factors)
        {
            if (!power.IsWhole || power.Top > 9 || power.Top < -9)
            {
                return (unit, Rational.One);
            }

            var (known, one, each) = Units.Convert(atom);
            for (var i = 0; i < (int)System.Numerics.BigInteger.Abs(power.Top); i++)
            {
                scale = power.Sign > 0 ? scale * one : scale / one;
            }

            factors[known] = factors.GetValueOrDefault(known) + (power * each);
        }

        return (Monomial.Of(factors.Select(pair => (pair.Key, pair.Value))), scale);
    }
}
