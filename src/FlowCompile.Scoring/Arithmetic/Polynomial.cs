using System.Diagnostics.CodeAnalysis;

namespace FlowCompile.Scoring;

/// <summary>
/// A sum of products of atoms with rational coefficients, none of them 0. Roots of different primes are linearly independent over the
/// rationals, so that two sums without functions are equal exactly where their terms are.
/// </summary>
internal sealed class Polynomial
{
    private string? _text;

    private Polynomial(Dictionary<Monomial, Rational> terms) => Terms = terms;

    public static Polynomial Zero { get; } = new([]);

    public static Polynomial One { get; } = Of(Rational.One);

    public IReadOnlyDictionary<Monomial, Rational> Terms { get; }

    public bool IsZero => Terms.Count == 0;

    /// <summary>The terms in a fixed order.</summary>
    public IEnumerable<KeyValuePair<Monomial, Rational>> Ordered => Terms.OrderBy(term => term.Key.Text, StringComparer.Ordinal);

    /// <summary>The text by which sums are told apart.</summary>
    public string Text => _text ??= string.Join('+', Ordered.Select(term => $"{term.Value}*{term.Key.Text}"));

    public static Polynomial Of(Rational value) => Of(Monomial.One, value);

    public static Polynomial Of(Atom atom) => Of(Monomial.Of(atom, Rational.One), Rational.One);

    public static Polynomial Of(Monomial monomial, Rational coefficient) =>
        coefficient.IsZero ? Zero : new Polynomial(new Dictionary<Monomial, Rational> { [monomial] = coefficient });

    /// <summary>A sum of terms, of which several may have one product.</summary>
    public static Polynomial Of(IEnumerable<KeyValuePair<Monomial, Rational>> terms)
    {
        var sum = new Dictionary<Monomial, Rational>();
        foreach (var (monomial, coefficient) in terms)
        {
            var total = sum.TryGetValue(monomial, out var other) ? other + coefficient : coefficient;
            if (total.IsZero)
            {
                sum.Remove(monomial);
            }
            else
            {
                sum[monomial] = total;
            }
        }

        return new Polynomial(sum);
    }

    /// <summary>The value, where it is a rational number.</summary>
    public bool TryRational(out Rational value)
    {
        value = Rational.Zero;
        return IsZero || (Terms.Count == 1 && Terms.TryGetValue(Monomial.One, out value));
    }

    /// <summary>The product and coefficient, where there is one term.</summary>
    public bool TryTerm([NotNullWhen(true)] out Monomial? monomial, out Rational coefficient)
    {
        (monomial, coefficient) = Terms.Count == 1 ? (Terms.First().Key, Terms.First().Value) : (null, default);
        return monomial is not null;
    }

    public Polynomial Times(Rational factor) =>
        factor.IsZero ? Zero : new Polynomial(Terms.ToDictionary(term => term.Key, term => term.Value * factor));
}
