using System.Globalization;
using System.Numerics;

namespace FlowCompile.Scoring;

/// <summary>The value of an expression as a floating-point number, to put bounds in order.</summary>
internal static class Approximation
{
    /// <exception cref="MathFormatException">It is no real number.</exception>
    public static double Of(Quotient value) => Of(value.Top) / Of(value.Bottom) is var number && !double.IsNaN(number)
        ? number
        : throw new MathFormatException("a bound is no real number");

    private static double Of(Polynomial sum) => sum.Terms.Sum(term =>
        (double)term.Value * term.Key.Factors.Aggregate(1.0, (product, factor) => product * Math.Pow(Of(factor.Atom), (double)factor.Power)));

    private static double Of(Atom atom) => atom.Kind switch
    {
        AtomKind.Prime => (double)BigInteger.Parse(atom.Name, CultureInfo.InvariantCulture),
        AtomKind.Compound => Of(atom.Inner!),
        AtomKind.Constant => atom.Name switch { "pi" => Math.PI, "e" => Math.E, _ => double.PositiveInfinity },
        _ => double.NaN,
    };
}
