namespace FlowCompile.Scoring;

/// <summary>Arithmetic and functions of complex numbers, to a number of bits; of several values the principal one.</summary>
/// <param name="bits">How many bits a result keeps.</param>
internal sealed class ComplexMath(int bits)
{
    private readonly RealMath _real = new(bits);

    public int Bits => bits;

    public BigComplex Pi => new(_real.Pi, BigReal.Zero);

    public BigComplex Of(Rational value) => new(_real.Of(value), BigReal.Zero);

    public BigComplex Add(BigComplex a, BigComplex b) => new(_real.Add(a.Re, b.Re), _real.Add(a.Im, b.Im));

    public BigComplex Subtract(BigComplex a, BigComplex b) => Add(a, -b);

    public BigComplex Multiply(BigComplex a, BigComplex b) => a.Im.IsZero && b.Im.IsZero
        ? new(_real.Multiply(a.Re, b.Re), BigReal.Zero)
        : new(
            _real.Subtract(_real.Multiply(a.Re, b.Re), _real.Multiply(a.Im, b.Im)),
            _real.Add(_real.Multiply(a.Re, b.Im), _real.Multiply(a.Im, b.Re)));

    /// <exception cref="MathFormatException"><paramref name="b"/> is 0.</exception>
    public BigComplex Divide(BigComplex a, BigComplex b)
    {
        if (b.Im.IsZero)
        {
            return new(_real.Divide(a.Re, b.Re), _real.Divide(a.Im, b.Re));
        }

        var square = _real.Add(_real.Multiply(b.Re, b.Re), _real.Multiply(b.Im, b.Im));
        var top = Multiply(a, new BigComplex(b.Re, -b.Im));
        return new(_real.Divide(top.Re, square), _real.Divide(top.Im, square));
    }

    public BigReal Abs(BigComplex a) => a.Im.IsZero ? a.Re.Abs : _real.Sqrt(_real.Add(_real.Multiply(a.Re, a.Re), _real.Multiply(a.Im, a.Im)));

    public BigComplex Exp(BigComplex a)
    {
        var size = _real.Exp(a.Re);
        if (a.Im.IsZero)
        {
            return new(size, BigReal.Zero);
        }

        var (sin, cos) = _real.SinCos(a.Im);
        return new(_real.Multiply(size, cos), _real.Multiply(size, sin));
    }

    /// <exception cref="MathFormatException">The number is 0.</exception>
    public BigComplex Ln(BigComplex a) => new(_real.Ln(Abs(a)), _real.Angle(a.Re, a.Im));

    public BigComplex Power(BigComplex a, BigComplex exponent)
    {
        if (a.IsZero)
        {
            return exponent.Re.Sign > 0 ? a : throw new MathFormatException("zero to a power that is not above zero");
        }

        return exponent == new BigComplex(BigReal.One, BigReal.Zero) ? a : Exp(Multiply(exponent, Ln(a)));
    }

    public BigComplex Sqrt(BigComplex a) => a.Im.IsZero
        ? a.Re.Sign >= 0 ? new(_real.Sqrt(a.Re), BigReal.Zero) : new(BigReal.Zero, _real.Sqrt(-a.Re))
        : Power(a, new BigComplex(BigReal.One.Times2(-1), BigReal.Zero));

    public (BigComplex Sin, BigComplex Cos) SinCos(BigComplex a)
    {
        if (a.Im.IsZero)
        {
            var (sin, cos) = _real.SinCos(a.Re);
            return (new(sin, BigReal.Zero), new(cos, BigReal.Zero));
        }

        var (up, down) = (Exp(Multiply(BigComplex.I, a)), Exp(-Multiply(BigComplex.I, a)));
        var half = new BigComplex(BigReal.One.Times2(-1), BigReal.Zero);
        return (Multiply(Multiply(-BigComplex.I, half), Subtract(up, down)), Multiply(half, Add(up, down)));
    }

    public BigComplex ArcSine(BigComplex a) =>
        Multiply(-BigComplex.I, Ln(Add(Multiply(BigComplex.I, a), Sqrt(Subtract(BigComplex.One, Multiply(a, a))))));

    public BigComplex ArcCosine(BigComplex a) => Subtract(new BigComplex(_real.Pi.Times2(-1), BigReal.Zero), ArcSine(a));

    public BigComplex ArcTangent(BigComplex a)
    {
        if (a.Im.IsZero)
        {
            return new(_real.Angle(BigReal.One, a.Re), BigReal.Zero);
        }

        var ia = Multiply(BigComplex.I, a);
        var half = new BigComplex(BigReal.Zero, BigReal.One.Times2(-1));
        return Multiply(half, Subtract(Ln(Subtract(BigComplex.One, ia)), Ln(Add(BigComplex.One, ia))));
    }
}
