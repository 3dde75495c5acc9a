namespace FlowCompile.Scoring;

/// <summary>Sums, products, integrals and limits: what binds a variable.</summary>
internal sealed partial class ExpressionParser
{
    private const int MaxSteps = 300;

    /// <summary>The variable that a sum, an integral or a limit binds, whatever its name.</summary>
    public static Atom Bound { get; } = new(AtomKind.Variable, "bound");

    private static readonly Quotient s_bound = Quotient.Of(Bound);

    /// <summary>With whole bounds it is computed; otherwise it is known by its bounds and by what is summed.</summary>
    private Quotient Series(bool isSum)
    {
        var (name, low, high) = Bounds();
        var start = _at;
        if (low is null || high is null || name is null || !low.TryRational(out var first) || !high.TryRational(out var last) || !first.IsWhole || !last.IsWhole
            || (last - first).CompareTo(MaxSteps) > 0)
        {
            var body = With(name ?? "", s_bound, Term);
            return Quotient.Of(Atom.Function(isSum ? "sum" : "prod", body, low ?? Quotient.Zero, high ?? Quotient.Zero));
        }

        // Read once more after the last step, so that the position is behind it whatever the number of steps.
        var total = isSum ? Quotient.Zero : Quotient.One;
        for (var k = first; k.CompareTo(last) <= 0; k += 1)
        {
            _at = start;
            var term = With(name, Quotient.Of(k), Term);
            total = isSum ? algebra.Add(total, term) : algebra.Multiply(total, term);
        }

        if (first.CompareTo(last) > 0)
        {
            _ = With(name, s_bound, Term);
        }

        return total;
    }

    private (string? Name, Quotient? Low, Quotient? High) Bounds()
    {
        string? name = null;
        Quotient? low = null, high = null;
        while (Current.Is("_") || Current.Is("^"))
        {
            if (TryTake("^"))
            {
                high = Argument();
                continue;
            }

            _at++;
            if (Current.Is("{") && Peek(1).Kind == MathTokenKind.Letter && (Peek(2).Is("=") || Peek(2).Is("→")))
            {
                name = Peek(1).Text;
                _at += 3;
                low = Sum();

                // The side from which a limit comes: 0^+.
                Take("}");
            }
            else
            {
                low = Argument();
            }
        }

        return (name, low, high);
    }

    private Quotient With(string name, Quotient value, Func<Quotient> read)
    {
        var had = _bound.TryGetValue(name, out var before);
        _bound[name] = value;
        var result = read();
        if (had)
        {
            _bound[name] = before!;
        }
        else
        {
            _bound.Remove(name);
        }

        return result;
    }

    /// <summary>The integral of a sum of powers is computed; another is known by its bounds and by what is integrated.</summary>
    private Quotient Integral()
    {
        var (_, low, high) = Bounds();
        var end = Differential();
        var name = tokens[end + 1].Text;
        var body = With(name, s_bound, () => Read([.. tokens.Skip(_at).Take(end - _at)], algebra, plusMinus, _bound));
        _at = end + 2;
        var atom = s_bound.Atoms.First();
        if (low is null || high is null)
        {
            // Without bounds it is the sum of powers and a constant.
            low = Quotient.Zero;
            high = _bound.GetValueOrDefault(name) ?? Quotient.Of(new Atom(AtomKind.Variable, name));
            return body.Bottom.TryRational(out _) && !body.Atoms.Any(other => other.Kind is AtomKind.Function or AtomKind.Compound)
                ? algebra.Add(Quotient.Of(new Atom(AtomKind.Variable, "C")), OfPowers(body, atom, low, high) ?? throw new MathFormatException("an integral that is not known"))
                : throw new MathFormatException("an integral without bounds");
        }

        if (body.Bottom.Terms.Keys.Any(monomial => !monomial.PowerOf(atom).IsZero && body.Bottom.Terms.Count > 1)
            || body.Atoms.Any(other => other.Kind is AtomKind.Function or AtomKind.Compound && other.Name.Contains("bound", StringComparison.Ordinal)))
        {
            return Quotient.Of(Atom.Function("int", body, s_bound, low, high));
        }

        return OfPowers(body, atom, low, high) ?? Quotient.Of(Atom.Function("int", body, s_bound, low, high));
    }

    private Quotient? OfPowers(Quotient body, Atom atom, Quotient low, Quotient high)
    {
        var below = body.Bottom.Terms.Keys.Select(monomial => monomial.PowerOf(atom)).First();
        var total = Quotient.Zero;
        foreach (var (monomial, coefficient) in body.Top.Terms)
        {
            var power = monomial.PowerOf(atom) - below + 1;
            if (power.IsZero)
            {
                return null;
            }

            var rest = algebra.Divide(
                new Quotient(Polynomial.Of(Monomial.Of(monomial.Factors.Where(factor => !factor.Atom.Equals(atom))), coefficient / power), Polynomial.One),
                new Quotient(Polynomial.Of(body.Bottom.Terms.Select(term => KeyValuePair.Create(Monomial.Of(term.Key.Factors.Where(factor => !factor.Atom.Equals(atom))), term.Value))), Polynomial.One));
            total = algebra.Add(total, algebra.Multiply(rest, algebra.Subtract(Powered(high, power), Powered(low, power))));
        }

        return total;
    }

    private Quotient Powered(Quotient bound, Rational power) => bound.Top.IsZero && power.Sign > 0 ? Quotient.Zero : _roots.Power(bound, Quotient.Of(power));

    /// <summary>Where the d of dx stands.</summary>
    private int Differential()
    {
        var depth = 0;
        for (var i = _at; i + 1 < tokens.Count; i++)
        {
            depth += tokens[i].Text is "{" or "(" or "[" ? 1 : tokens[i].Text is "}" or ")" or "]" ? -1 : 0;
            if (depth == 0 && tokens[i] is { Kind: MathTokenKind.Letter, Text: "d" } && tokens[i + 1].Kind == MathTokenKind.Letter)
            {
                return i;
            }
        }

        throw new MathFormatException("an integral without its variable");
    }

    /// <summary>Where the expression has a value at the point, that is the limit; otherwise it is what the values near there come to.</summary>
    private Quotient Limit()
    {
        var (name, point, _) = Bounds();
        if (name is null || point is null)
        {
            throw new MathFormatException("a limit of what is not said");
        }

        var start = _at;
        if (!point.Atoms.Contains(Atom.Infinity))
        {
            var depth = _depth;
            try
            {
                return With(name, point, Term);
            }
            catch (MathFormatException)
            {
                (_at, _depth) = (start, depth);
                _bound.Remove(name);
            }
        }

        return Quotient.Of(Atom.Function("lim", With(name, s_bound, Term), s_bound, point));
    }
}
