namespace FlowCompile.Scoring;

/// <summary>The value of an expression as a floating-point number, to put bounds in order.</summary>
internal static class Approximation
{
    /// <exception cref="MathFormatException">It is no real number.</exception>
    public static double Of(Quotient value)
    {
        if (!value.Atoms.Contains(Atom.Infinity))
        {
            return !value.Atoms.Any(atom => atom.Kind is AtomKind.Variable or AtomKind.Unit)
                ? PreciseComparer.Approximate(value)
                : throw new MathFormatException("a bound is no number");
        }

        return value.Bottom.TryRational(out _) && value.Top.TryTerm(out var monomial, out var coefficient) && monomial.Factors is [({ Name: "inf" }, { IsOne: true })]
            ? coefficient.Sign * double.PositiveInfinity
            : throw new MathFormatException("a bound is no real number");
    }
}
