using System.Globalization;

namespace FlowCompile.Generators.Plans;

/// <summary>A JSON value that knows where it starts, so that a diagnostic can point at it.</summary>
internal sealed class JsonValue(JsonKind kind, int position, string text)
{
    public JsonKind Kind { get; } = kind;

    /// <summary>The index of its first character in the file.</summary>
    public int Position { get; } = position;

    /// <summary>The text of a string, or a number as written.</summary>
    public string Text { get; } = text;

    /// <summary>The members of an object, in the order written.</summary>
    public List<KeyValuePair<string, JsonValue>> Members { get; } = [];

    /// <summary>The items of a list.</summary>
    public List<JsonValue> Items { get; } = [];

    /// <summary>A member of an object; the last one where a name is repeated.</summary>
    public JsonValue? this[string name] => Members.LastOrDefault(member => member.Key == name).Value;

    /// <summary>The value of a whole number, where it is one that fits.</summary>
    public int? Integer => Kind == JsonKind.Number
        && int.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>The value of a number, where it is finite.</summary>
    public double? Number => Kind == JsonKind.Number && double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && !double.IsInfinity(value) ? value : null;
}
