namespace FlowCompile.Scoring;

/// <summary>Whether two expressions have the same value: computed with few and with many bits, their difference must vanish with the bits.</summary>
/// <remarks>
/// A difference that is there stays the same however many bits compute it; one that only rounding makes shrinks with them. Expressions with
/// variables are compared at several places, which their names give.
/// </remarks>
internal static class PreciseComparer
{
    private const int Few = 160;
    private const int Many = 320;
    private const int Places = 4;

    public static bool AreEqual(Quotient a, Quotient b)
    {
        try
        {
            var atoms = Atoms(a).Concat(Atoms(b)).ToList();
            if (atoms.Exists(atom => atom.Equals(Atom.Infinity) || atom.Kind == AtomKind.Unit) || !atoms.Exists(IsBeyondAlgebra))
            {
                return false;
            }

            var free = atoms.Exists(atom => atom.Kind == AtomKind.Variable || (atom.Kind == AtomKind.Function && !PreciseFunctions.Knows(atom.Head)));
            var signed = atoms.Exists(atom => PreciseFunctions.SeesSigns(atom.Head));
            return Enumerable.Range(0, free ? Places : 1).All(place => Vanishes(a, b, place, signed));
        }
        catch (MathFormatException)
        {
            return false;
        }
    }

    /// <summary>Whether one expression is a number times the other: what they are at two places has one ratio.</summary>
    public static bool AreProportional(Quotient a, Quotient b)
    {
        try
        {
            var atoms = Atoms(a).Concat(Atoms(b)).ToList();
            return !atoms.Exists(atom => atom.Equals(Atom.Infinity) || atom.Kind == AtomKind.Unit) && atoms.Exists(IsBeyondAlgebra)
                && Enumerable.Range(1, Places).All(place => Crosses(a, b, place));
        }
        catch (MathFormatException)
        {
            return false;
        }
    }

    /// <summary>Where a value is on the line of numbers, for the order of bounds.</summary>
    public static double Approximate(Quotient value)
    {
        var number = new Evaluator(Few, 0, signed: false).Of(value);
        return number.Im.Height < number.Re.Height - 100 || number.Im.IsZero || number.Im.Height < -100
            ? number.Re.ToDouble()
            : throw new MathFormatException("a bound is no real number");
    }

    private static bool Crosses(Quotient a, Quotient b, int place)
    {
        var (rough, _) = Cross(a, b, place, Few);
        var (fine, scale) = Cross(a, b, place, Many);
        return fine.IsZero || fine.Height < scale - Many + 40 || (!rough.IsZero && fine.Height < rough.Height - 40);
    }

    private static (BigReal Difference, long Scale) Cross(Quotient a, Quotient b, int place, int bits)
    {
        var (here, there, math) = (new Evaluator(bits, 0, signed: false), new Evaluator(bits, place, signed: false), new ComplexMath(bits));
        var (left, right) = (math.Multiply(here.Of(a), there.Of(b)), math.Multiply(there.Of(a), here.Of(b)));
        return (math.Abs(math.Subtract(left, right)), Math.Max(left.Height, right.Height));
    }

    private static bool Vanishes(Quotient a, Quotient b, int place, bool signed)
    {
        var (few, many) = (new Evaluator(Few, place, signed), new Evaluator(Many, place, signed));
        var (rough, fine) = (few.Size(few.Difference(a, b)), many.Size(many.Difference(a, b)));
        var scale = Math.Max(many.Of(a).Height, many.Of(b).Height);
        return fine.IsZero || fine.Height < scale - Many + 40 || (!rough.IsZero && fine.Height < rough.Height - 40);
    }

    private static bool IsBeyondAlgebra(Atom atom) => atom.Kind is AtomKind.Function or AtomKind.Compound or AtomKind.Constant or AtomKind.Prime or AtomKind.Imaginary;

    private static IEnumerable<Atom> Atoms(Quotient value) => value.Atoms.SelectMany(Atoms);

    private static IEnumerable<Atom> Atoms(Atom atom) => atom.Inner is { } inner
        ? inner.Terms.Keys.SelectMany(monomial => monomial.Factors).SelectMany(factor => Atoms(factor.Atom)).Append(atom)
        : atom.Arguments.Where((_, index) => atom.Head is not ("lim" or "sum") || index == 0).SelectMany(Atoms).Append(atom);
}
