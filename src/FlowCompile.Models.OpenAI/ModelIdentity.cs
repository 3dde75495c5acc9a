using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowCompile.Models.OpenAI;

/// <summary>What makes a model of a server this one and no other: where it is, which it is, how it is held to a budget, and what else is sent to it.</summary>
internal static class ModelIdentity
{
    /// <remarks>What is not set adds nothing, so that profiles made before there was such a setting stay those of the model.</remarks>
    public static string Of(OpenAIModelOptions model)
    {
        var means = model.Reasoning switch
        {
            ReasoningMeans.Limit => $"limit:{model.ReasoningPath}",
            ReasoningMeans.Effort => $"effort:{model.ReasoningPath}:{string.Join(',', model.Efforts.Select(level => $"{level.Name}={level.MaxBudget}"))}",
            ReasoningMeans.Continue => $"continue:{model.ThinkStart}:{model.ThinkEnd}",
            _ => "none",
        };

        // The means of a limit on tokens is no part of it: under whatever name it is sent, it means the same.
        var left = model.Fields.Where(field => field.Value is null || field.Key != ChatRequest.MaxTokens).OrderBy(field => field.Key, StringComparer.Ordinal);
        return string.Concat(
        [
            $"{model.Place}{model.Endpoint.Query}#{model.ModelId}#{means}",
            .. left.Select(field => $"#field:{field.Key}={field.Value}"),
            .. model.Body is { } body ? [$"#body:{Canonical(body)}"] : Array.Empty<string>(),
            .. model.BodyByBudget.OrderBy(pair => pair.Key).Select(pair => $"#body@{pair.Key}:{Canonical(pair.Value)}"),
            .. model.Headers.OrderBy(header => header.Name, StringComparer.OrdinalIgnoreCase)
                .Select(header => $"#header:{header.Name.ToLowerInvariant()}={(header.IsSecret ? "" : header.Value)}"),
        ]);
    }

    // The order in which members are written means nothing.
    private static string Canonical(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject members => $"{{{string.Join(',', members.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => $"\"{JsonEncodedText.Encode(member.Key)}\":{Canonical(member.Value)}"))}}}",
        JsonArray items => $"[{string.Join(',', items.Select(Canonical))}]",
        _ => node.ToJsonString(),
    };
}
