using System.Globalization;
using System.Numerics;

namespace FlowCompile.Scoring;

/// <summary>The value of an expression as a complex number, to a number of bits. A variable has a value that its name gives it.</summary>
/// <param name="bits">How many bits a result keeps.</param>
/// <param name="round">Which of several values a variable has.</param>
/// <param name="signed">Whether variables may be negative.</param>
internal sealed class Evaluator(int bits, int round, bool signed)
{
    // Nested functions evaluate their arguments; each is one step.
    private const int MaxSteps = 3_000;
    private readonly ComplexMath _math = new(bits);
    private readonly Dictionary<string, BigComplex> _values = new(StringComparer.Ordinal);
    private int _steps;

    /// <exception cref="MathFormatException">It has no finite value, or takes too long.</exception>
    public BigComplex Of(Quotient value) => _math.Divide(Of(value.Top), Of(value.Bottom));

    public BigComplex Difference(Quotient a, Quotient b) => _math.Subtract(Of(a), Of(b));

    public BigReal Size(BigComplex value) => _math.Abs(value);

    private BigComplex Of(Polynomial sum)
    {
        var total = BigComplex.Zero;
        foreach (var (monomial, coefficient) in sum.Terms)
        {
            var product = _math.Of(coefficient);
            foreach (var (atom, power) in monomial.Factors)
            {
                product = _math.Multiply(product, Power(Of(atom), power));
            }

            total = _math.Add(total, product);
        }

        return total;
    }

    private BigComplex Power(BigComplex value, Rational power)
    {
        if (power.IsOne)
        {
            return value;
        }

        if (!power.IsWhole || power.Sign < 0 || power.Top > 64)
        {
            return power == Rational.Of(1, 2) ? _math.Sqrt(value) : _math.Power(value, _math.Of(power));
        }

        var result = BigComplex.One;
        for (var i = 0; i < (int)power.Top; i++)
        {
            result = _math.Multiply(result, value);
        }

        return result;
    }

    private BigComplex Of(Atom atom)
    {
        if (++_steps > MaxSteps)
        {
            throw new MathFormatException("too much work");
        }

        if (!_values.TryGetValue(atom.Key, out var value))
        {
            value = atom.Kind switch
            {
                AtomKind.Prime => _math.Of(BigInteger.Parse(atom.Name, CultureInfo.InvariantCulture)),
                AtomKind.Imaginary => BigComplex.I,
                AtomKind.Compound => Of(atom.Inner!),
                AtomKind.Constant => atom.Name switch
                {
                    "pi" => _math.Pi,
                    "e" => _math.Exp(BigComplex.One),
                    _ => throw new MathFormatException("infinity is no number"),
                },
                AtomKind.Function => Function(atom),
                _ => Sample(atom.Key),
            };
            _values[atom.Key] = value;
        }

        return value;
    }

    private BigComplex Function(Atom atom)
    {
        if (atom.Head == "lim")
        {
            return Limit(atom.Arguments[0], atom.Arguments[1], atom.Arguments[2]);
        }

        if (atom.Head == "int")
        {
            return Integral(atom.Arguments[0], atom.Arguments[1], Of(atom.Arguments[2]), Of(atom.Arguments[3]));
        }

        if (atom.Head == "sum" && atom.Arguments[2] is var high && high.Atoms.Contains(Atom.Infinity) && atom.Arguments[1].TryRational(out var first) && first.IsWhole && high.Top.Ordered.First().Value.Sign > 0)
        {
            return Endless(atom.Arguments[0], first);
        }

        if (!PreciseFunctions.Knows(atom.Head))
        {
            return Sample(atom.Key);
        }

        return PreciseFunctions.Apply(atom.Head, [.. atom.Arguments.Select(Of)], _math);
    }

    // Near the point by a third of the digits: the nearer the more digits there are, so that what converges is seen to.
    private BigComplex Limit(Quotient body, Quotient variable, Quotient point)
    {
        var step = new BigComplex(BigReal.One.Times2(-bits / 3), BigReal.Zero);
        var name = variable.Atoms.First().Key;
        var infinite = point.Atoms.Contains(Atom.Infinity);
        var at = infinite
            ? new BigComplex(BigReal.One.Times2(bits / 3), BigReal.Zero)
            : _math.Add(Of(point), step);
        var inner = new Evaluator(bits, round, signed) { _steps = _steps };
        foreach (var (key, value) in _values)
        {
            if (!key.Contains(name, StringComparison.Ordinal))
            {
                inner._values[key] = value;
            }
        }

        inner._values[name] = infinite && point.Top.Ordered.First().Value.Sign < 0 ? -at : at;
        return inner.Of(body);
    }

    // As many terms as bits: what falls by half from term to term is exact to the last.
    private BigComplex Endless(Quotient body, Rational first)
    {
        var total = BigComplex.Zero;
        for (var k = 0; k < bits; k++)
        {
            var evaluator = new Evaluator(bits, round, signed) { _steps = ++_steps };
            evaluator._values[ExpressionParser.Bound.Key] = _math.Of(first + k);
            total = _math.Add(total, evaluator.Of(body));
            _steps = evaluator._steps;
        }

        return total;
    }

    /// <summary>The integral by the double exponential rule: every halving of the step doubles the digits that are right.</summary>
    private BigComplex Integral(Quotient body, Quotient variable, BigComplex low, BigComplex high)
    {
        var halvings = bits > 200 ? 5 : 4;
        var (total, step) = (BigComplex.Zero, _math.Of(Rational.Of(1, 1 << halvings)));
        var (half, middle) = (_math.Multiply(_math.Subtract(high, low), _math.Of(Rational.Of(1, 2))), _math.Multiply(_math.Add(high, low), _math.Of(Rational.Of(1, 2))));
        var quarterTurn = _math.Multiply(_math.Pi, _math.Of(Rational.Of(1, 2)));
        var name = variable.Atoms.First().Key;
        var last = 9 << (halvings - 1);
        var (up, ratio) = (_math.Exp(_math.Multiply(_math.Of(-last), step)), _math.Exp(step));
        for (var k = -last; k <= last; k++, up = _math.Multiply(up, ratio))
        {
            // x = tanh(pi/2 sinh t), with weight pi/2 cosh t / cosh^2(pi/2 sinh t).
            var down = _math.Divide(BigComplex.One, up);
            var inner = _math.Multiply(quarterTurn, _math.Multiply(_math.Subtract(up, down), _math.Of(Rational.Of(1, 2))));
            var rise = _math.Exp(inner);
            var fall = _math.Divide(BigComplex.One, rise);
            var cosh = _math.Multiply(_math.Add(rise, fall), _math.Of(Rational.Of(1, 2)));
            var place = _math.Divide(_math.Subtract(rise, fall), _math.Add(rise, fall));
            var weight = _math.Divide(_math.Multiply(quarterTurn, _math.Multiply(_math.Add(up, down), _math.Of(Rational.Of(1, 2)))), _math.Multiply(cosh, cosh));
            var evaluator = new Evaluator(bits, round, signed) { _steps = ++_steps };
            evaluator._values[name] = _math.Add(middle, _math.Multiply(half, place));
            total = _math.Add(total, _math.Multiply(weight, evaluator.Of(body)));
            _steps = evaluator._steps;
        }

        return _math.Multiply(_math.Multiply(total, step), half);
    }

    // Between 1/4 and 9/4, by 60 digits that the name and the round give.
    private BigComplex Sample(string key)
    {
        var hash = 14_695_981_039_346_656_037UL + (ulong)round;
        foreach (var c in key)
        {
            hash = (hash ^ c) * 1_099_511_628_211UL;
        }

        hash ^= hash >> 31;
        hash *= 0x9E37_79B9_7F4A_7C15UL;
        var size = new BigReal((new BigInteger(hash >> 3) << 1) + 1 + (BigInteger.One << 60), -61);
        return new BigComplex(signed && ((hash >> 1) + (ulong)round) % 2 == 0 ? -size : size, BigReal.Zero);
    }
}
