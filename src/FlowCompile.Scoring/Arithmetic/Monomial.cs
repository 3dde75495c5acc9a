namespace FlowCompile.Scoring;

/// <summary>A product of atoms, each in a power above 0, ordered by their keys.</summary>
internal sealed class Monomial : IEquatable<Monomial>
{
    private Monomial((Atom Atom, Rational Power)[] factors)
    {
        Factors = factors;
        Text = string.Concat(factors.Select(factor => $"{factor.Atom.Key}^{factor.Power};"));
    }

    /// <summary>The empty product, 1.</summary>
    public static Monomial One { get; } = new([]);

    public IReadOnlyList<(Atom Atom, Rational Power)> Factors { get; }

    /// <summary>The text by which products are told apart and ordered.</summary>
    public string Text { get; }

    public bool IsOne => Factors.Count == 0;

    public static Monomial Of(Atom atom, Rational power) => new([(atom, power)]);

    public static Monomial Of(IEnumerable<(Atom Atom, Rational Power)> factors) =>
        new([.. factors.Where(factor => !factor.Power.IsZero).OrderBy(factor => factor.Atom.Key, StringComparer.Ordinal)]);

    public Rational PowerOf(Atom atom)
    {
        foreach (var (one, power) in Factors)
        {
            if (one.Equals(atom))
            {
                return power;
            }
        }

        return Rational.Zero;
    }

    /// <summary>The factors of some kinds only.</summary>
    public Monomial Only(Func<AtomKind, bool> kinds) => Of(Factors.Where(factor => kinds(factor.Atom.Kind)));

    public bool Equals(Monomial? other) => other is not null && Text == other.Text;

    public override bool Equals(object? obj) => Equals(obj as Monomial);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
}
