using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowCompile.Models.OpenAI;

/// <summary>Looks members up in what a server sent. What is not there, is null or is something else is <see langword="null"/>.</summary>
internal static class JsonRead
{
    public static JsonObject? Object(this JsonNode? owner, string name) => (owner as JsonObject)?[name] as JsonObject;

    public static string? Text(this JsonNode? owner, string name) => (owner as JsonObject)?[name].AsText();

    public static string? AsText(this JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>A whole number of 0 or more, also where it came as <c>5.0</c> or as a text.</summary>
    public static long? Count(this JsonNode? owner, string name)
    {
        if ((owner as JsonObject)?[name] is not JsonValue value)
        {
            return null;
        }

        double number;
        if (value.TryGetValue(out long whole))
        {
            return whole >= 0 ? whole : null;
        }

        return (value.TryGetValue(out number) || double.TryParse(value.AsText(), NumberStyles.Float, CultureInfo.InvariantCulture, out number))
            && number is >= 0 and < long.MaxValue && number == Math.Floor(number) ? (long)number : null;
    }

    /// <summary>A text that the protocol asks for.</summary>
    /// <exception cref="JsonException">It is there and is no text.</exception>
    public static string? Required(this JsonNode? owner, string name) => (owner as JsonObject)?[name] switch
    {
        null => null,
        { } node => node.AsText() ?? throw new JsonException($"'{name}' is not a text"),
    };
}
