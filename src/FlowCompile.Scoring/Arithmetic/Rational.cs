using System.Globalization;
using System.Numerics;

namespace FlowCompile.Scoring;

/// <summary>A fraction in lowest terms, its bottom positive.</summary>
internal readonly struct Rational : IEquatable<Rational>, IComparable<Rational>
{
    // Kept less one, so that the default value is 0/1.
    private readonly BigInteger _bottomLessOne;

    private Rational(BigInteger top, BigInteger bottom)
    {
        Top = top;
        _bottomLessOne = bottom - 1;
    }

    public static Rational Zero => default;

    public static Rational One { get; } = new(1, 1);

    public BigInteger Top { get; }

    public BigInteger Bottom => _bottomLessOne + 1;

    public bool IsZero => Top.IsZero;

    public bool IsOne => Top.IsOne && IsWhole;

    public bool IsWhole => _bottomLessOne.IsZero;

    public int Sign => Top.Sign;

    /// <summary>How many bits the two numbers take: the size that limits hold it to.</summary>
    public long Bits => Top.GetBitLength() + Bottom.GetBitLength();

    public static implicit operator Rational(BigInteger whole) => new(whole, 1);

    public static implicit operator Rational(int whole) => new(whole, 1);

    public static Rational operator +(Rational a, Rational b) => Of((a.Top * b.Bottom) + (b.Top * a.Bottom), a.Bottom * b.Bottom);

    public static Rational operator -(Rational a, Rational b) => a + -b;

    public static Rational operator -(Rational a) => new(-a.Top, a.Bottom);

    public static Rational operator *(Rational a, Rational b) => Of(a.Top * b.Top, a.Bottom * b.Bottom);

    /// <exception cref="DivideByZeroException"><paramref name="b"/> is 0.</exception>
    public static Rational operator /(Rational a, Rational b) => Of(a.Top * b.Bottom, a.Bottom * b.Top);

    public static bool operator ==(Rational a, Rational b) => a.Equals(b);

    public static bool operator !=(Rational a, Rational b) => !a.Equals(b);

    /// <exception cref="DivideByZeroException"><paramref name="bottom"/> is 0.</exception>
    public static Rational Of(BigInteger top, BigInteger bottom)
    {
        if (bottom.IsZero)
        {
            throw new DivideByZeroException();
        }

        var divisor = BigInteger.GreatestCommonDivisor(top, bottom) * bottom.Sign;
        return new Rational(top / divisor, bottom / divisor);
    }

    /// <summary>The largest whole number that is not above it.</summary>
    public BigInteger Floor()
    {
        var quotient = BigInteger.DivRem(Top, Bottom, out var rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }

    /// <summary>Whether two are at most so far apart.</summary>
    public bool IsWithin(Rational other, double tolerance)
    {
        var difference = this - other;
        return difference.IsZero || (tolerance > 0 && Math.Abs((double)difference) <= tolerance);
    }

    public static explicit operator double(Rational value)
    {
        // Both may be beyond a double while their ratio is not.
        var excess = (int)Math.Max(0, Math.Max(value.Top.GetBitLength(), value.Bottom.GetBitLength()) - 1000);
        return (double)(value.Top >> excess) / (double)(value.Bottom >> excess);
    }

    public int CompareTo(Rational other) => (Top * other.Bottom).CompareTo(other.Top * Bottom);

    public bool Equals(Rational other) => Top == other.Top && _bottomLessOne == other._bottomLessOne;

    public override bool Equals(object? obj) => obj is Rational other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Top, _bottomLessOne);

    public override string ToString() => IsWhole
        ? Top.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Top}/{Bottom}");
}
