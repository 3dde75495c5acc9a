namespace FlowCompile.Scoring;

/// <summary>Compares values with or without units.</summary>
internal sealed class QuantityComparer(Algebra algebra)
{
    public bool AreEqual(Quotient a, Quotient b)
    {
        if (algebra.AreEqual(a, b))
        {
            return true;
        }

        var (left, right) = (Split(a), Split(b));
        if (left is not { } x || right is not { } y || x.Unit.Text == y.Unit.Text)
        {
            return false;
        }

        // One has a unit and the other leaves it out; a percentage may also be written as the fraction it is.
        if (y.Unit.IsOne != x.Unit.IsOne)
        {
            var (value, unit, bare) = x.Unit.IsOne ? (y.Value, y.Unit, x.Value) : (x.Value, x.Unit, y.Value);
            return algebra.AreEqual(value, bare)
                || (unit.Factors is [({ Name: "%" }, { IsOne: true })] && algebra.AreEqual(Scaled(value, Rational.Of(1, 100)), bare));
        }

        var (from, fromScale) = ToBase(x.Unit);
        var (to, toScale) = ToBase(y.Unit);
        if (IsAngle(from, to))
        {
            var radians = algebra.Multiply(from.Text.Contains('°', StringComparison.Ordinal) ? x.Value : y.Value, new Quotient(Polynomial.Of(Atom.Pi), Polynomial.Of(180)));
            return algebra.AreEqual(radians, from.Text.Contains('°', StringComparison.Ordinal) ? y.Value : x.Value);
        }

        return from.Text == to.Text && algebra.AreEqual(Scaled(x.Value, fromScale), Scaled(y.Value, toScale));
    }

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

            var (known, one) = Units.Convert(atom);
            for (var i = 0; i < (int)System.Numerics.BigInteger.Abs(power.Top); i++)
            {
                scale = power.Sign > 0 ? scale * one : scale / one;
            }

            factors[known] = factors.GetValueOrDefault(known) + power;
        }

        return (Monomial.Of(factors.Select(pair => (pair.Key, pair.Value))), scale);
    }
}
