using System.Text.Json;
using System.Text.RegularExpressions;

namespace FlowCompile.Testing.Oracles;

/// <summary>The part of JSON Schema that the plan's schema uses.</summary>
public sealed class JsonSchema : IDisposable
{
    private readonly JsonDocument _document;

    /// <summary>Reads a schema.</summary>
    /// <param name="utf8">Its text.</param>
    public JsonSchema(byte[] utf8) => _document = JsonDocument.Parse(utf8);

    /// <summary>The first place where a document is not as the schema says; <see langword="null"/> where there is none.</summary>
    /// <param name="document">The document.</param>
    public string? FirstViolation(JsonElement document) => Check(document, _document.RootElement, "$");

    /// <inheritdoc/>
    public void Dispose() => _document.Dispose();

    private string? Check(JsonElement value, JsonElement schema, string place)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            schema = _document.RootElement.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]);
        }

        if (schema.TryGetProperty("const", out var constant) && !(value.ValueKind == JsonValueKind.Number && value.GetDouble() == constant.GetDouble()))
        {
            return $"{place} is not {constant}";
        }

        if (schema.TryGetProperty("type", out var type) && !IsOf(value, type.GetString()!))
        {
            return $"{place} is no {type}";
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => CheckObject(value, schema, place),
            JsonValueKind.Array => CheckArray(value, schema, place),
            JsonValueKind.String => CheckText(StrictJson.Text(value), schema, place),
            JsonValueKind.Number => CheckNumber(value.GetDouble(), schema, place),
            _ => null,
        };
    }

    private static bool IsOf(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDouble() is var number && double.IsInteger(number),
        _ => throw new InvalidOperationException($"The schema has the type {type}, which this reader does not know."),
    };

    private string? CheckObject(JsonElement value, JsonElement schema, string place)
    {
        foreach (var name in schema.TryGetProperty("required", out var required) ? required.EnumerateArray() : default)
        {
            if (!value.TryGetProperty(name.GetString()!, out _))
            {
                return $"{place} lacks {name}";
            }
        }

        var known = schema.TryGetProperty("properties", out var properties);
        foreach (var member in value.EnumerateObject())
        {
            if (schema.TryGetProperty("propertyNames", out var names) && CheckText(StrictJson.Name(member), names, $"a name in {place}") is { } wrongName)
            {
                return wrongName;
            }

            var isKnown = known && properties.TryGetProperty(StrictJson.Name(member), out _);
            if ((isKnown ? properties.GetProperty(StrictJson.Name(member)) : schema.TryGetProperty("additionalProperties", out var additional) ? additional : (JsonElement?)null) is { } inner
                && Check(member.Value, inner, $"{place}.{(isKnown ? StrictJson.Name(member) : "*")}") is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    private string? CheckArray(JsonElement value, JsonElement schema, string place)
    {
        var length = value.GetArrayLength();
        if (schema.TryGetProperty("minItems", out var least) && length < least.GetInt32())
        {
            return $"{place} has too few items";
        }

        if (schema.TryGetProperty("maxItems", out var most) && length > most.GetInt32())
        {
            return $"{place} has too many items";
        }

        return schema.TryGetProperty("items", out var items)
            ? value.EnumerateArray().Select(item => Check(item, items, $"{place}[]")).FirstOrDefault(wrong => wrong is not null)
            : null;
    }

    private static string? CheckText(string text, JsonElement schema, string place)
    {
        if (schema.TryGetProperty("minLength", out var least) && text.Length < least.GetInt32())
        {
            return $"{place} is too short";
        }

        // As in JavaScript, where $ is the end and nothing else.
        return schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(text, pattern.GetString()!.Replace("$", "\\z", StringComparison.Ordinal), RegexOptions.CultureInvariant | RegexOptions.Singleline)
            ? $"{place} does not match {pattern}"
            : null;
    }

    private static string? CheckNumber(double number, JsonElement schema, string place)
    {
        if (!double.IsFinite(number))
        {
            return $"{place} is no number that can be held";
        }

        if (schema.TryGetProperty("minimum", out var least) && number < least.GetDouble())
        {
            return $"{place} is below its minimum";
        }

        return schema.TryGetProperty("maximum", out var most) && number > most.GetDouble() ? $"{place} is above its maximum" : null;
    }
}
