namespace FlowCompile.Scoring;

/// <summary>A quotient of two sums, the lower one not 0: the value of an expression.</summary>
/// <param name="Top">The upper sum.</param>
/// <param name="Bottom">The lower sum.</param>
internal sealed record Quotient(Polynomial Top, Polynomial Bottom)
{
    public static Quotient Zero { get; } = new(Polynomial.Zero, Polynomial.One);

    public static Quotient One { get; } = Of(Rational.One);

    public string Text => Bottom.TryRational(out var one) && one.IsOne ? Top.Text : $"({Top.Text})/({Bottom.Text})";

    public IEnumerable<Atom> Atoms => Top.Terms.Keys.Concat(Bottom.Terms.Keys).SelectMany(monomial => monomial.Factors).Select(factor => factor.Atom);

    public static Quotient Of(Rational value) => new(Polynomial.Of(value), Polynomial.One);

    public static Quotient Of(Atom atom) => new(Polynomial.Of(atom), Polynomial.One);

    /// <summary>The value, where it is a rational number.</summary>
    public bool TryRational(out Rational value)
    {
        if (Top.TryRational(out var top) && Bottom.TryRational(out var bottom))
        {
            value = top / bottom;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>The value, where it is one variable and nothing else.</summary>
    public string? AsVariable() =>
        Bottom.TryRational(out var one) && one.IsOne && Top.TryTerm(out var monomial, out var coefficient) && coefficient.IsOne
        && monomial.Factors is [({ Kind: AtomKind.Variable } atom, { IsOne: true })]
            ? atom.Name
            : null;
}
