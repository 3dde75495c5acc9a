namespace FlowCompile.Models.OpenAI;

/// <summary>What makes a model of a server this one and no other: where it is, which it is, and how it is held to a budget.</summary>
internal static class ModelIdentity
{
    public static string Of(OpenAIModelOptions model)
    {
        var means = model.Reasoning switch
        {
            ReasoningMeans.Limit => $"limit:{model.ReasoningField ?? "thinking_token_budget"}",
            ReasoningMeans.Effort => $"effort:{model.ReasoningField ?? "reasoning_effort"}:{string.Join(',', model.Efforts.Select(level => $"{level.Name}={level.MaxBudget}"))}",
            ReasoningMeans.Continue => $"continue:{model.ThinkStart}:{model.ThinkEnd}",
            _ => "none",
        };
        return $"{model.Place}#{model.ModelId}#{means}";
    }
}
