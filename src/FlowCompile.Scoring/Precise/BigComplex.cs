namespace FlowCompile.Scoring;

/// <summary>A complex number.</summary>
/// <param name="Re">The real part.</param>
/// <param name="Im">The imaginary part.</param>
internal readonly record struct BigComplex(BigReal Re, BigReal Im)
{
    public static BigComplex Zero => default;

    public static BigComplex One { get; } = new(BigReal.One, BigReal.Zero);

    public static BigComplex I { get; } = new(BigReal.Zero, BigReal.One);

    public long Height => Math.Max(Re.Height, Im.Height);

    public bool IsZero => Re.IsZero && Im.IsZero;

    public static BigComplex operator -(BigComplex a) => new(-a.Re, -a.Im);
}
