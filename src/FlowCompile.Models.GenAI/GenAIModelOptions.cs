namespace FlowCompile.Models.GenAI;

/// <summary>How a model is opened.</summary>
public sealed record GenAIModelOptions
{
    /// <summary>Where the model runs.</summary>
    /// <value>Default: as <c>genai_config.json</c> says.</value>
    public GenAIDevice Device { get; init; }

    /// <summary>The format of conversations, where it is not to be found by the model's chat template.</summary>
    /// <value>One of the names in docs/models.md; default: <see langword="null"/>, by the template.</value>
    public string? ChatFormat { get; init; }
}
