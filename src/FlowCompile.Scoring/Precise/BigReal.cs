using System.Numerics;

namespace FlowCompile.Scoring;

/// <summary>A real number in binary floating point: mantissa · 2^exponent. How many bits it keeps is up to who computes with it.</summary>
/// <param name="Mantissa">The mantissa, with its sign.</param>
/// <param name="Exponent">The power of 2 that it is multiplied by.</param>
internal readonly record struct BigReal(BigInteger Mantissa, long Exponent)
{
    public static BigReal Zero => default;

    public static BigReal One { get; } = new(1, 0);

    public int Sign => Mantissa.Sign;

    public bool IsZero => Mantissa.IsZero;

    /// <summary>The power of 2 just above the number: it is below 2^Height, and at least half of that. Far below everything for 0.</summary>
    public long Height => IsZero ? long.MinValue / 4 : (long)Mantissa.GetBitLength() + Exponent - (Mantissa.Sign < 0 && BigInteger.Abs(Mantissa).IsPowerOfTwo ? -1 : 0);

    public BigReal Abs => new(BigInteger.Abs(Mantissa), Exponent);

    public static implicit operator BigReal(int whole) => new(whole, 0);

    public static BigReal operator -(BigReal a) => new(-a.Mantissa, a.Exponent);

    public BigReal Times2(long power) => new(Mantissa, Exponent + power);

    /// <summary>The number as a double; infinite where it is too large for one.</summary>
    public double ToDouble()
    {
        var excess = (int)Math.Max(0, (long)Mantissa.GetBitLength() - 64);
        var power = Exponent + excess;
        return IsZero ? 0 : power > 2000 ? Sign * double.PositiveInfinity : power < -2000 ? 0 : Math.ScaleB((double)(Mantissa >> excess), (int)power);
    }
}
