namespace FlowCompile.Models.OpenAI;

/// <summary>Finds what a model's options say of its requests that cannot be.</summary>
internal static class RequestCheck
{
    /// <summary>What is wrong; <see langword="null"/> where nothing is.</summary>
    public static string? Problem(OpenAIModelOptions model)
    {
        if (model.Fields.Keys.FirstOrDefault(field => !ChatRequest.Fields.Contains(field)) is { } unknown)
        {
            return $"'fields' names '{unknown}', which is no field of a request; use one of: {string.Join(", ", ChatRequest.Fields)}";
        }

        if (ChatRequest.Fields.FirstOrDefault(field => model.NameOf(field) is { } name && !BodyField.IsPath(name)) is { } nameless)
        {
            return $"'{nameless}' in 'fields' cannot be the name of a field; write names with dots between them, or null to leave it out";
        }

        var twice = ChatRequest.Fields.Append("messages").Select(field => field == "messages" ? field : model.NameOf(field))
            .OfType<string>().GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(names => names.Count() > 1);
        return twice is not null ? $"two fields would be sent as '{twice.Key}'; give each a name of its own in 'fields'"
            : model.MaxTokensField != ChatRequest.MaxTokens && model.Fields.TryGetValue(ChatRequest.MaxTokens, out var name) && name != model.MaxTokensField
                ? "'maxTokensField' and 'max_tokens' in 'fields' differ; keep one"
            : model.Reasoning == ReasoningMeans.Continue && model.NameOf(ChatRequest.MaxTokens) is null
                ? "'reasoning' is continue, which needs the field 'max_tokens': name it in 'fields' instead of leaving it out"
            : model.ReasoningField is { } path && !BodyField.IsPath(path) ? "'reasoningField' cannot be the name of a field; write names with dots between them"
            : Bodies(model).FirstOrDefault(body => body.ContainsKey("messages")) is not null ? "'body' holds 'messages', which are the prompt; take them out"
            : Bodies(model).FirstOrDefault(body => body.ContainsKey("model")) is not null ? "'body' holds 'model'; write it as the model's own key 'model'"
            : model.BodyByBudget.Keys.Any(budget => budget < 0) ? "'bodyByBudget' has a budget below 0"
            : null;
    }

    private static IEnumerable<System.Text.Json.Nodes.JsonObject> Bodies(OpenAIModelOptions model) =>
        model.Body is { } body ? model.BodyByBudget.Values.Append(body) : model.BodyByBudget.Values;
}
