namespace FlowCompile.Scoring;

/// <summary>Units of measurement: their spellings, and what converts into what.</summary>
internal static class Units
{
    /// <summary>Each unit's scale to the base unit of its quantity, and its spellings.</summary>
    private static readonly (string Base, Rational Scale, string[] Spellings)[] s_units =
    [
        ("m", Rational.Of(1, 1000), ["mm", "millimeter", "millimetre"]),
        ("m", Rational.Of(1, 100), ["cm", "centimeter", "centimetre"]),
        ("m", 1, ["m", "meter", "metre"]),
        ("m", 1000, ["km", "kilometer", "kilometre"]),
        ("m", Rational.Of(254, 10_000), ["in", "inch", "inches"]),
        ("m", Rational.Of(3048, 10_000), ["ft", "foot", "feet"]),
        ("m", Rational.Of(9144, 10_000), ["yd", "yard"]),
        ("m", Rational.Of(1_609_344, 1000), ["mi", "mile"]),
        ("g", Rational.Of(1, 1000), ["mg", "milligram"]),
        ("g", 1, ["g", "gram"]),
        ("g", 1000, ["kg", "kilogram", "kilo"]),
        ("oz", 1, ["oz", "ounce"]),
        ("oz", 16, ["lb", "lbs", "pound"]),
        ("s", 1, ["s", "sec", "second"]),
        ("s", 60, ["min", "minute", "mins"]),
        ("s", 3600, ["h", "hr", "hour", "hrs"]),
        ("s", 86_400, ["day"]),
        ("s", 604_800, ["week"]),
        ("month", 1, ["month"]),
        ("month", 12, ["year", "yr", "yrs"]),
        ("l", Rational.Of(1, 1000), ["ml", "mL", "milliliter", "millilitre"]),
        ("l", 1, ["L", "liter", "litre"]),
        ("dollar", Rational.Of(1, 100), ["cent", "¢"]),
        ("dollar", 1, ["dollar", "usd", "USD"]),
        ("euro", 1, ["euro"]),
        ("mph", 1, ["mph"]),
        ("rad", 1, ["rad", "radian"]),
        ("%", Rational.Of(1, 100), ["%"]),
        ("°", 1, ["°", "degree"]),
    ];

    private static readonly Dictionary<string, (string Name, string Base, Rational Scale)> s_bySpelling = s_units
        .SelectMany(unit => unit.Spellings.Select(spelling => KeyValuePair.Create(spelling, (unit.Spellings[0], unit.Base, unit.Scale))))
        .ToDictionary(StringComparer.Ordinal);

    public static bool IsKnown(string word) => Find(word) is not null;

    /// <summary>The unit as an atom. A word that is no unit counts what it names, and stands in the place of one.</summary>
    public static Atom AtomOf(string word) => new(AtomKind.Unit, Find(word)?.Name ?? Singular(word.ToLowerInvariant()));

    /// <summary>What one of a unit is in the base unit of its quantity.</summary>
    public static (Atom Base, Rational Scale) Convert(Atom unit) => s_bySpelling.TryGetValue(unit.Name, out var known)
        ? (new Atom(AtomKind.Unit, known.Base), known.Scale)
        : (unit, Rational.One);

    private static (string Name, string Base, Rational Scale)? Find(string word)
    {
        foreach (var spelling in (ReadOnlySpan<string>)[word, word.ToLowerInvariant(), Singular(word.ToLowerInvariant())])
        {
            // A capital letter alone is another unit, or none.
            if (s_bySpelling.TryGetValue(spelling, out var unit) && (word.Length > 1 || spelling == word))
            {
                return unit;
            }
        }

        return null;
    }

    private static string Singular(string word) => word.Length > 2 && word.EndsWith('s') ? word[..^1] : word;
}
