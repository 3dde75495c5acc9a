using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowCompile.Generators.Emit;

/// <summary>Values as C# writes them, the same on every machine.</summary>
internal static class Literals
{
    public static string Text(string value) => SymbolDisplay.FormatLiteral(value, quote: true);

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    // Seventeen digits are always enough; the shortest that reads back the same is what a person wrote.
    public static string Number(double value) => Enumerable.Range(15, 3)
        .Select(digits => value.ToString("G" + digits, CultureInfo.InvariantCulture))
        .First(text => double.Parse(text, CultureInfo.InvariantCulture).Equals(value) || text == value.ToString("G17", CultureInfo.InvariantCulture))
        is var literal && literal.IndexOfAny(['.', 'E']) < 0 ? literal + "d" : literal;

    public static string Number(float value) => value.ToString("R", CultureInfo.InvariantCulture) + "f";

    /// <summary>A range of counts.</summary>
    public static string Range(int min, int max) => min == max ? Number(min) : $"{Number(min)} to {Number(max)}";

    /// <summary>An array of items.</summary>
    public static string Array(string type, IEnumerable<string> items)
    {
        var list = string.Join(", ", items);
        return list.Length == 0 ? $"new {type}[] {{ }}" : $"new {type}[] {{ {list} }}";
    }
}
