using System.Globalization;
using System.Text.Json.Nodes;

namespace FlowCompile.Models.OpenAI;

/// <summary>Reads what <c>flowcompile.json</c> says of a model's requests. The settings have checked the shape of each.</summary>
internal static class RequestSettings
{
    /// <summary>The names of fields at the server: <c>{ "max_tokens": "max_completion_tokens", "seed": null }</c>.</summary>
    public static IReadOnlyDictionary<string, string?> Fields(string json) => Body(json).ToDictionary(pair => pair.Key, pair => (string?)pair.Value);

    /// <summary>What is merged into every request.</summary>
    public static JsonObject Body(string json) => (JsonObject)JsonNode.Parse(json)!;

    /// <summary>What is merged into requests with a budget: <c>{ "0": { ... }, "*": { ... } }</c>.</summary>
    public static IReadOnlyDictionary<int, JsonObject> BodyByBudget(string json) => Body(json).ToDictionary(
        pair => pair.Key == "*" ? int.MaxValue : int.Parse(pair.Key, NumberStyles.None, CultureInfo.InvariantCulture), pair => (JsonObject)pair.Value!);
}
