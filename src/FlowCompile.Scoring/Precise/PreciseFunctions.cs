namespace FlowCompile.Scoring;

/// <summary>The functions that have a value for a number.</summary>
internal static class PreciseFunctions
{
    private static readonly HashSet<string> s_known = new(StringComparer.Ordinal)
    {
        "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "ln", "log", "pow", "abs", "floor", "ceil", "max", "min", "Re", "Im",
    };

    /// <summary>Functions that tell a negative number from a positive one.</summary>
    private static readonly HashSet<string> s_signed = new(StringComparer.Ordinal) { "abs", "floor", "ceil", "max", "min", "Re", "Im" };

    public static bool Knows(string name) => s_known.Contains(name);

    public static bool SeesSigns(string name) => s_signed.Contains(name);

    /// <exception cref="MathFormatException">It has no value there.</exception>
    public static BigComplex Apply(string name, IReadOnlyList<BigComplex> arguments, ComplexMath math)
    {
        var x = arguments[0];
        switch (name)
        {
            case "sin":
                return math.SinCos(x).Sin;
            case "cos":
                return math.SinCos(x).Cos;
            case "tan" or "cot":
                var (sin, cos) = math.SinCos(x);
                return name == "tan" ? math.Divide(sin, cos) : math.Divide(cos, sin);
            case "sec":
                return math.Divide(BigComplex.One, math.SinCos(x).Cos);
            case "csc":
                return math.Divide(BigComplex.One, math.SinCos(x).Sin);
            case "arcsin":
                return math.ArcSine(x);
            case "arccos":
                return math.ArcCosine(x);
            case "arctan":
                return math.ArcTangent(x);
            case "sinh" or "cosh" or "tanh":
                var (up, down) = (math.Exp(x), math.Exp(-x));
                var (odd, even) = (math.Subtract(up, down), math.Add(up, down));
                return name == "tanh" ? math.Divide(odd, even) : math.Divide(name == "sinh" ? odd : even, math.Of(2));
            case "ln":
                return math.Ln(x);
            case "log":
                return math.Divide(math.Ln(x), math.Ln(math.Of(10)));
            case "pow":
                return math.Power(x, arguments[1]);
            case "abs":
                return new BigComplex(math.Abs(x), BigReal.Zero);
            case "Re":
                return new BigComplex(x.Re, BigReal.Zero);
            case "Im":
                return new BigComplex(x.Im, BigReal.Zero);
            case "floor" or "ceil":
                return Whole(x, up: name == "ceil", math);
            default:
                return arguments.Aggregate((a, b) => math.Subtract(a, b).Re.Sign > 0 == (name == "max") ? a : b);
        }
    }

    private static BigComplex Whole(BigComplex x, bool up, ComplexMath math)
    {
        if (x.Height > 60)
        {
            throw new MathFormatException("too large a number");
        }

        BigComplex whole = new(new BigReal(RealMath.Whole(x.Re), 0), BigReal.Zero);
        var rest = math.Subtract(x, whole).Re;
        return up ? rest.Sign > 0 ? math.Add(whole, BigComplex.One) : whole : rest.Sign < 0 ? math.Subtract(whole, BigComplex.One) : whole;
    }
}
