using System.Text.Json;
using FlowCompile.Json;
using FlowCompile.Text;

namespace FlowCompile.Compilation;

/// <summary>Reads members of large files; an error names the file and the path in it.</summary>
internal static class ImportJson
{
    public static JsonDocument Parse(string path)
    {
        var utf8 = ImportFile.ReadAll(path);
        try
        {
            CheckNames(utf8, path);
            return JsonDocument.Parse(utf8);
        }
        catch (JsonException e)
        {
            throw new CompileException(FormattableString.Invariant($"{path}({(e.LineNumber ?? 0) + 1}): it is not valid JSON; name a file that the published system wrote."), e);
        }
    }

    // All texts that are taken over from such a file are names. The document knows no lines, so they are looked at before.
    private static void CheckNames(byte[] utf8, string path)
    {
        if (Utf8Text.FindInvalid(utf8) is { } invalid)
        {
            throw new CompileException(FormattableString.Invariant($"{path}({invalid.Line}): {invalid.Problem}."));
        }

        var reader = new Utf8JsonReader(utf8);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && ProblemOf(ref reader) is { } problem)
            {
                var (line, column) = LocatedJson.PlaceOf(utf8, reader.TokenStartIndex);
                throw new CompileException(FormattableString.Invariant($"{path}({line}): the name at column {column} {problem}."));
            }
        }
    }

    private static string? ProblemOf(ref Utf8JsonReader reader)
    {
        try
        {
            return OutsideText.ProblemOf(reader.GetString()!);
        }
        catch (InvalidOperationException)
        {
            return "holds half of a surrogate pair; write it without";
        }
    }

    /// <summary>The members of an object.</summary>
    public static IEnumerable<JsonProperty> Members(JsonElement element, string path, string place)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new CompileException($"{path}: {place} is no object; name a file that the published system wrote.");
        }

        return element.EnumerateObject();
    }

    /// <summary>The items of a list.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement element, string path, string place) => element.ValueKind == JsonValueKind.Array
        ? element.EnumerateArray()
        : throw new CompileException($"{path}: {place} is no list; name a file that the published system wrote.");

    /// <summary>A number of an object, finite and 0 or more.</summary>
    public static double Amount(JsonElement element, string key, string path, string place) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out var number) && double.IsFinite(number) && number >= 0
            ? number
            : throw new CompileException($"{path}: {place} has no '{key}' that is a number of 0 or more.");
}
