namespace FlowCompile.Scoring;

/// <summary>Units of measurement: their spellings, and what converts into what.</summary>
internal static class Units
{
    /// <summary>Each unit's scale to the base unit of its quantity, and its spellings.</summary>
    private static readonly (string Base, Rational Scale, string[] Spellings)[] s_units =
    [
        ("m", Rational.Of(1, 1_000_000), ["µm", "micrometer", "micrometre", "micron"]),
        ("m", Rational.Of(1, 1000), ["mm", "millimeter", "millimetre"]),
        ("m", Rational.Of(1, 100), ["cm", "centimeter", "centimetre"]),
        ("m", Rational.Of(1, 10), ["dm", "decimeter", "decimetre"]),
        ("m", 1, ["m", "meter", "metre"]),
        ("m", 1000, ["km", "kilometer", "kilometre"]),
        ("m", Rational.Of(254, 10_000), ["in", "inch", "inches"]),
        ("m", Rational.Of(3048, 10_000), ["ft", "foot", "feet"]),
        ("m", Rational.Of(9144, 10_000), ["yd", "yard"]),
        ("m", Rational.Of(1_609_344, 1000), ["mi", "mile"]),
        ("g", Rational.Of(1, 1000), ["mg", "milligram"]),
        ("g", 1, ["g", "gram", "gramme"]),
        ("g", 1000, ["kg", "kilogram", "kilo", "kgs"]),
        ("g", 1_000_000, ["tonne"]),
        ("oz", 1, ["oz", "ounce"]),
        ("oz", 16, ["lb", "lbs", "pound"]),
        ("s", Rational.Of(1, 1000), ["ms", "millisecond"]),
        ("s", 1, ["s", "sec", "second", "secs"]),
        ("s", 60, ["min", "minute", "mins"]),
        ("s", 3600, ["h", "hr", "hour", "hrs"]),
        ("s", 86_400, ["day"]),
        ("s", 604_800, ["week"]),
        ("month", 1, ["month"]),
        ("month", 12, ["year", "yr", "yrs"]),
        ("m3", Rational.Of(1, 1_000_000), ["ml", "mL", "milliliter", "millilitre"]),
        ("m3", Rational.Of(1, 1000), ["L", "l", "liter", "litre"]),
        ("gallon", 1, ["gallon", "gal"]),
        ("gallon", Rational.Of(1, 4), ["quart", "qt"]),
        ("gallon", Rational.Of(1, 8), ["pint"]),
        ("gallon", Rational.Of(1, 16), ["cup"]),
        ("dozen", 1, ["dozen"]),
        ("dollar", Rational.Of(1, 100), ["cent", "¢"]),
        ("dollar", 1, ["dollar", "usd", "USD", "bucks"]),
        ("euro", 1, ["euro", "eur", "EUR"]),
        ("gbp", 1, ["gbp", "GBP"]),
        ("rad", 1, ["rad", "radian"]),
        ("%", Rational.Of(1, 100), ["%"]),
        ("°", 1, ["°", "degree"]),
        ("celsius", 1, ["celsius"]),
        ("fahrenheit", 1, ["fahrenheit"]),
        ("N", 1, ["N", "newton"]),
        ("J", 1, ["J", "joule"]),
        ("J", 1000, ["kJ", "kilojoule"]),
        ("W", 1, ["W", "watt"]),
        ("W", 1000, ["kW", "kilowatt"]),
        ("V", 1, ["V", "volt"]),
        ("Hz", 1, ["Hz", "hertz"]),
        ("acre", 1, ["acre"]),
    ];

    /// <summary>Units that are a quotient of two others.</summary>
    private static readonly Dictionary<string, (string Top, string Bottom)> s_quotients = new(StringComparer.OrdinalIgnoreCase)
    {
        ["mph"] = ("mile", "hour"),
        ["kph"] = ("km", "hour"),
        ["kmh"] = ("km", "hour"),
        ["kmph"] = ("km", "hour"),
        ["mps"] = ("m", "s"),
        ["fps"] = ("foot", "s"),
    };

    private static readonly Dictionary<string, (string Name, string Base, Rational Scale)> s_bySpelling = s_units
        .SelectMany(unit => unit.Spellings.Select(spelling => KeyValuePair.Create(spelling, (unit.Spellings[0], unit.Base, unit.Scale))))
        .ToDictionary(StringComparer.Ordinal);

    public static bool IsKnown(string word) => Find(word) is not null || s_quotients.ContainsKey(word);

    /// <summary>Whether a letter alone may be a unit.</summary>
    public static bool IsKnownLetter(string letter) => letter is "m" or "g" or "s" or "h" or "L" or "l" or "N" or "J" or "W" or "V";

    /// <summary>The unit, where it is one or a quotient of two.</summary>
    public static Quotient Of(string word) => word is "unit" or "units" or "Units" ? Quotient.One : s_quotients.TryGetValue(word, out var quotient)
        ? new Quotient(Polynomial.Of(AtomOf(quotient.Top)), Polynomial.Of(AtomOf(quotient.Bottom)))
        : Quotient.Of(AtomOf(word));

    /// <summary>The unit as an atom. A word that is no unit counts what it names, and stands in the place of one.</summary>
    public static Atom AtomOf(string word) => new(AtomKind.Unit, Find(word)?.Name ?? Singular(word.ToLowerInvariant()));

    /// <summary>What one of a unit is in the base unit of its quantity, and which power of that: a litre is a thousandth of m^3.</summary>
    public static (Atom Base, Rational Scale, int Power) Convert(Atom unit) => !s_bySpelling.TryGetValue(unit.Name, out var known) ? (unit, Rational.One, 1)
        : known.Base == "m3" ? (new Atom(AtomKind.Unit, "m"), known.Scale, 3)
        : (new Atom(AtomKind.Unit, known.Base), known.Scale, 1);

    private static (string Name, string Base, Rational Scale)? Find(string word)
    {
        foreach (var spelling in (ReadOnlySpan<string>)[word, word.ToLowerInvariant(), Singular(word.ToLowerInvariant())])
        {
            // A capital letter alone is another unit, or none.
            if (s_bySpelling.TryGetValue(spelling, out var unit) && (word.Length > 1 || spelling == word || word == "l"))
            {
                return unit;
            }
        }

        return null;
    }

    private static string Singular(string word) => word.Length > 2 && word.EndsWith('s') ? word[..^1] : word;
}
