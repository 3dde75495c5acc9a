using System.Numerics;

namespace FlowCompile.Scoring;

/// <summary>Arithmetic and functions of real numbers, to a number of bits.</summary>
/// <param name="bits">How many bits a result keeps.</param>
internal sealed class RealMath(int bits)
{
    // Functions of larger numbers have no value that fits, or none that is known.
    private const int MaxHeight = 24;

    // Bits that series lose on the way.
    private const int Guard = 64;
    private BigReal? _pi;
    private BigReal? _ln2;

    public int Bits => bits;

    public BigReal Pi => _pi ??= Fixed(16 * ArcTangentOfInverse(5) - 4 * ArcTangentOfInverse(239));

    private BigReal Ln2 => _ln2 ??= Fixed(2 * SeriesOfInverse(3, alternate: false));

    public BigReal Of(Rational value) => Divide(new BigReal(value.Top, 0), new BigReal(value.Bottom, 0));

    public BigReal Add(BigReal a, BigReal b)
    {
        if (a.IsZero || b.IsZero)
        {
            return a.IsZero ? b : a;
        }

        // What is too small to count is left out, so that no shift is longer than the numbers are.
        if (Math.Abs(a.Height - b.Height) > 2 * bits)
        {
            return a.Height > b.Height ? a : b;
        }

        var low = Math.Min(a.Exponent, b.Exponent);
        return Round(new BigReal((a.Mantissa << (int)(a.Exponent - low)) + (b.Mantissa << (int)(b.Exponent - low)), low));
    }

    public BigReal Subtract(BigReal a, BigReal b) => Add(a, -b);

    public BigReal Multiply(BigReal a, BigReal b) => Round(new BigReal(a.Mantissa * b.Mantissa, a.Exponent + b.Exponent));

    /// <exception cref="MathFormatException"><paramref name="b"/> is 0.</exception>
    public BigReal Divide(BigReal a, BigReal b)
    {
        if (b.IsZero)
        {
            throw new MathFormatException("division by zero");
        }

        var shift = (int)Math.Max(0, bits + (long)b.Mantissa.GetBitLength() - (long)a.Mantissa.GetBitLength() + 2);
        return Round(new BigReal((a.Mantissa << shift) / b.Mantissa, a.Exponent - b.Exponent - shift));
    }

    /// <summary>The root of a number of 0 or more.</summary>
    public BigReal Sqrt(BigReal a)
    {
        if (a.IsZero)
        {
            return a;
        }

        var shift = (2 * bits) - (int)Math.Min(2 * bits, (long)a.Mantissa.GetBitLength());
        shift += (int)((a.Exponent - shift) & 1);
        var mantissa = a.Mantissa << shift;
        var root = BigInteger.One << (int)((mantissa.GetBitLength() / 2) + 1);
        while (true)
        {
            var next = (root + (mantissa / root)) >> 1;
            if (next >= root)
            {
                return Round(new BigReal(root, (a.Exponent - shift) / 2));
            }

            root = next;
        }
    }

    public BigReal Exp(BigReal x)
    {
        if (x.Height > MaxHeight)
        {
            throw new MathFormatException("too large an exponent");
        }

        var scale = bits + Guard;
        var power = Whole(Divide(x, Ln2));
        var rest = ToFixed(Subtract(x, Multiply(new BigReal(power, 0), Ln2)), scale) >> 8;
        var (sum, term) = (BigInteger.One << scale, BigInteger.One << scale);
        for (var n = 1; !term.IsZero; n++)
        {
            term = ((term * rest) >> scale) / n;
            sum += term;
            if (term == -1)
            {
                break;
            }
        }

        for (var i = 0; i < 8; i++)
        {
            sum = (sum * sum) >> scale;
        }

        return Round(new BigReal(sum, (long)power - scale));
    }

    /// <summary>The natural logarithm of a number above 0.</summary>
    public BigReal Ln(BigReal x)
    {
        if (x.Sign <= 0)
        {
            throw new MathFormatException("the logarithm of a number that is not above zero");
        }

        var height = x.Height;
        var near = x.Times2(-height);
        var result = FromDouble(Math.Log(near.ToDouble()));
        for (var correct = 40; correct < bits; correct *= 3)
        {
            var power = Exp(result);
            result = Add(result, Divide(Subtract(near, power).Times2(1), Add(near, power)));
        }

        return Add(result, Multiply(new BigReal(height, 0), Ln2));
    }

    public (BigReal Sin, BigReal Cos) SinCos(BigReal x)
    {
        if (x.Height > MaxHeight)
        {
            throw new MathFormatException("too large an angle");
        }

        var turns = Whole(Divide(x, Pi.Times2(1)));
        var scale = bits + Guard;
        var angle = ToFixed(Subtract(x, Multiply(new BigReal(turns, 0), Pi.Times2(1))), scale);
        var (sin, cos, term) = (BigInteger.Zero, BigInteger.Zero, BigInteger.One << scale);
        for (var n = 1; BigInteger.Abs(term) > 1; n++)
        {
            switch (n & 3)
            {
                case 1:
                    cos += term;
                    break;
                case 2:
                    sin += term;
                    break;
                case 3:
                    cos -= term;
                    break;
                default:
                    sin -= term;
                    break;
            }

            term = ((term * angle) >> scale) / n;
        }

        return (Round(new BigReal(sin, -scale)), Round(new BigReal(cos, -scale)));
    }

    /// <summary>The angle of a point, above -pi and up to pi.</summary>
    public BigReal Angle(BigReal x, BigReal y)
    {
        if (y.IsZero)
        {
            return x.Sign < 0 ? Pi : BigReal.Zero;
        }

        if (x.Abs.Height < y.Abs.Height - (2L * bits))
        {
            return y.Sign < 0 ? -Pi.Times2(-1) : Pi.Times2(-1);
        }

        // tan(a / 2) = y / (r + x), which loses digits left of the middle: there the point is turned by half a turn.
        var r = Sqrt(Add(Multiply(x, x), Multiply(y, y)));
        var half = x.Sign >= 0 ? Divide(y, Add(r, x)) : Divide(Subtract(r, x), y);
        return ArcTangent(half).Times2(1);
    }

    public BigReal Round(BigReal a)
    {
        var excess = (long)BigInteger.Abs(a.Mantissa).GetBitLength() - bits;
        return excess > 0 ? new BigReal(a.Mantissa >> (int)excess, a.Exponent + excess) : a;
    }

    /// <summary>The whole number nearest to a number that is not too large.</summary>
    public static BigInteger Whole(BigReal a) => a.Exponent >= 0
        ? a.Mantissa << (int)a.Exponent
        : (a.Mantissa + (BigInteger.One << (int)Math.Min(-a.Exponent - 1, int.MaxValue))) >> (int)Math.Min(-a.Exponent, int.MaxValue);

    private BigReal ArcTangent(BigReal x)
    {
        // Halved until the series is short.
        var halvings = 0;
        for (; x.Height > -6; halvings++)
        {
            x = Divide(x, Add(BigReal.One, Sqrt(Add(BigReal.One, Multiply(x, x)))));
        }

        var scale = bits + Guard;
        var power = ToFixed(x, scale);
        var (square, sum) = ((power * power) >> scale, BigInteger.Zero);
        for (var n = 1; BigInteger.Abs(power) > 1; n += 2)
        {
            sum += (n & 2) == 0 ? power / n : -power / n;
            power = (power * square) >> scale;
        }

        return Round(new BigReal(sum, -scale)).Times2(halvings);
    }

    private BigReal Fixed(BigInteger value) => Round(new BigReal(value, -(bits + Guard)));

    private BigInteger ArcTangentOfInverse(int n) => SeriesOfInverse(n, alternate: true);

    // 1/n -+ 1/(3 n^3) + 1/(5 n^5) ..., in fixed point.
    private BigInteger SeriesOfInverse(int n, bool alternate)
    {
        var power = (BigInteger.One << (bits + Guard)) / n;
        var sum = BigInteger.Zero;
        for (var i = 1; !power.IsZero; i += 2)
        {
            sum += alternate && (i & 2) != 0 ? -power / i : power / i;
            power /= n * n;
        }

        return sum;
    }

    private static BigInteger ToFixed(BigReal a, int scale)
    {
        var shift = a.Exponent + scale;
        return shift >= 0 ? a.Mantissa << (int)shift : shift < -1_000_000 ? BigInteger.Zero : a.Mantissa >> (int)-shift;
    }

    private static BigReal FromDouble(double value) => new(new BigInteger(Math.ScaleB(value, 60)), -60);
}
