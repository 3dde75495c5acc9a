using System.Globalization;
using System.Text;
using FlowCompile.Text;

namespace FlowCompile.Generators.Model;

/// <summary>Values as C# writes them, the same on every machine. Whatever a text or a number is, the literal is one token.</summary>
internal static class Literals
{
    /// <summary>A string: hidden characters, quotes and backslashes are escaped.</summary>
    public static string Text(string value) => "\"" + Escape(value, '"') + "\"";

    /// <summary>A character.</summary>
    public static string Character(char value) => "'" + Escape(value.ToString(), '\'') + "'";

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number, the shortest that reads back the same; what is no number, or no end of it, by its name.</summary>
    public static string Number(double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            return "double." + NameOf(value);
        }

        // Seventeen digits are always enough; the shortest that reads back the same is what a person wrote.
        var literal = Enumerable.Range(15, 3)
            .Select(digits => value.ToString("G" + digits, CultureInfo.InvariantCulture))
            .First(text => ReadsAs(text, value) || text == value.ToString("G17", CultureInfo.InvariantCulture));
        return literal.IndexOfAny(['.', 'E']) < 0 ? literal + "d" : literal;
    }

    public static string Number(float value) => float.IsNaN(value) || float.IsInfinity(value)
        ? "float." + NameOf(value)
        : value.ToString("R", CultureInfo.InvariantCulture) + "f";

    /// <summary>A range of counts.</summary>
    public static string Range(int min, int max) => min == max ? Number(min) : $"{Number(min)} to {Number(max)}";

    /// <summary>An array of items.</summary>
    public static string Array(string type, IEnumerable<string> items)
    {
        var list = string.Join(", ", items);
        return list.Length == 0 ? $"new {type}[] {{ }}" : $"new {type}[] {{ {list} }}";
    }

    // The largest numbers, rounded to fifteen digits, are too large for some readers.
    private static bool ReadsAs(string text, double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var read) && read.Equals(value);

    private static string NameOf(double value) => double.IsNaN(value) ? "NaN" : value > 0 ? "PositiveInfinity" : "NegativeInfinity";

    private static string Escape(string value, char quote)
    {
        var escaped = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            _ = c switch
            {
                '\\' => escaped.Append("\\\\"),
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append("\\r"),
                '\t' => escaped.Append("\\t"),
                _ when c == quote => escaped.Append('\\').Append(c),
                _ => escaped.Append(c),
            };
        }

        // What is left of hidden characters is escaped by the rule that all of FlowCompile shares, which C# reads back.
        return OutsideText.Visible(escaped.ToString());
    }
}
