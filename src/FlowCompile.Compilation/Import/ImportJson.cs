using System.Text.Json;

namespace FlowCompile.Compilation;

/// <summary>Reads members of large files; an error names the file and the path in it.</summary>
internal static class ImportJson
{
    public static JsonDocument Parse(string path)
    {
        try
        {
            return JsonDocument.Parse(ImportFile.ReadAll(path));
        }
        catch (JsonException e)
        {
            throw new CompileException(FormattableString.Invariant($"{path}({(e.LineNumber ?? 0) + 1}): it is not valid JSON; name a file that the published system wrote."), e);
        }
    }

    /// <summary>The members of an object.</summary>
    public static IEnumerable<JsonProperty> Members(JsonElement element, string path, string place)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new CompileException($"{path}: {place} is no object; name a file that the published system wrote.");
        }

        try
        {
            List<JsonProperty> members = [.. element.EnumerateObject()];
            members.ForEach(member => ArgumentNullException.ThrowIfNull(member.Name));
            return members;
        }
        catch (InvalidOperationException e)
        {
            // Bytes that are no UTF-8, or half a surrogate pair, are found when a name is read.
            throw new CompileException($"{path}: {place} has a name that is no text; name a file that the published system wrote.", e);
        }
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
