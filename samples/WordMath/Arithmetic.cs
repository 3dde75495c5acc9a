using System.Globalization;
using System.Numerics;

namespace WordMath;

/// <summary>Evaluates an arithmetic expression of whole numbers, <c>+ - * / ( )</c>, exactly. Nothing is executed.</summary>
public static class Arithmetic
{
    private const int MaxLength = 400;

    /// <summary>Evaluates an expression.</summary>
    /// <param name="expression">The expression; division is exact.</param>
    /// <returns>The value, where it is a whole number from 0 to 99 as the problems' answers are; otherwise <c>none</c>.</returns>
    public static string Evaluate(string expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        var reader = new Reader(expression);
        return expression.Length <= MaxLength && reader.TrySum(out var value) && reader.AtEnd && value.IsWhole && value.Top >= 0 && value.Top <= 99
            ? value.Top.ToString(CultureInfo.InvariantCulture)
            : "none";
    }

    /// <summary>A fraction in lowest terms, the bottom positive.</summary>
    private readonly record struct Fraction(BigInteger Top, BigInteger Bottom)
    {
        public bool IsWhole => Bottom.IsOne;

        public static Fraction Of(BigInteger top, BigInteger bottom)
        {
            var divisor = BigInteger.GreatestCommonDivisor(top, bottom) * bottom.Sign;
            return new Fraction(top / divisor, bottom / divisor);
        }
    }

    /// <summary>Recursive descent: sum = product (+|- product)*, product = atom (*|/ atom)*, atom = number | ( sum ).</summary>
    private ref struct Reader(ReadOnlySpan<char> text)
    {
        private ReadOnlySpan<char> _rest = text.Trim();

        public readonly bool AtEnd => _rest.IsEmpty;

        public bool TrySum(out Fraction value)
        {
            if (!TryProduct(out value))
            {
                return false;
            }

            while (TryTake('+', '-') is { } sign)
            {
                if (!TryProduct(out var other))
                {
                    return false;
                }

                var top = sign == '+'
                    ? (value.Top * other.Bottom) + (other.Top * value.Bottom)
                    : (value.Top * other.Bottom) - (other.Top * value.Bottom);
                value = Fraction.Of(top, value.Bottom * other.Bottom);
            }

            return true;
        }

        private bool TryProduct(out Fraction value)
        {
            if (!TryAtom(out value))
            {
                return false;
            }

            while (TryTake('*', '/') is { } sign)
            {
                if (!TryAtom(out var other) || (sign == '/' && other.Top.IsZero))
                {
                    return false;
                }

                value = sign == '*'
                    ? Fraction.Of(value.Top * other.Top, value.Bottom * other.Bottom)
                    : Fraction.Of(value.Top * other.Bottom, value.Bottom * other.Top);
            }

            return true;
        }

        private bool TryAtom(out Fraction value)
        {
            if (TryTake('(', '(') is not null)
            {
                return TrySum(out value) && TryTake(')', ')') is not null;
            }

            var digits = _rest.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : _rest.Length;
            value = new Fraction(digits > 0 ? BigInteger.Parse(_rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture) : 0, 1);
            _rest = _rest[digits..].TrimStart();
            return digits > 0;
        }

        private char? TryTake(char one, char other)
        {
            if (_rest.IsEmpty || (_rest[0] != one && _rest[0] != other))
            {
                return null;
            }

            var taken = _rest[0];
            _rest = _rest[1..].TrimStart();
            return taken;
        }
    }
}
