namespace FlowCompile.Settings;

/// <summary>A provider that <c>flowcompile.json</c> may name, and what may be written beside it.</summary>
/// <param name="Key">The key, which is the provider's name.</param>
/// <param name="IsPath">Whether the key's value is a path, relative to the file.</param>
/// <param name="Options">The provider's own options, each with what it may be.</param>
internal sealed record ModelProvider(string Key, bool IsPath, IReadOnlyDictionary<string, ModelOption> Options)
{
    // Before what uses it.
    private static readonly ModelOption s_chatFormat = ModelOption.OneOf(
        "chatml", "qwen3-thinking", "qwen3", "llama-3", "gemma", "gemma-2", "mistral-v7-tekken", "mistral-v3-tekken", "mistral-v3", "mistral-v1",
        "phi-4", "phi-4-mini", "phi-3", "deepseek-r1", "deepseek-r1-unopened", "deepseek-v3", "plain");

    /// <summary>The providers there are.</summary>
    public static IReadOnlyList<ModelProvider> All { get; } =
    [
        new("onnx", IsPath: true, new Dictionary<string, ModelOption>
        {
            ["device"] = ModelOption.OneOf("auto", "cpu", "cuda"),
            ["graph"] = ModelOption.Text,
            ["chatFormat"] = s_chatFormat,
        }),
        new("genai", IsPath: true, new Dictionary<string, ModelOption>
        {
            ["device"] = ModelOption.OneOf("auto", "cpu", "cuda"),
            ["chatFormat"] = s_chatFormat,
        }),
        new("openai", IsPath: false, new Dictionary<string, ModelOption>
        {
            ["model"] = ModelOption.Text,
            ["keyVariable"] = ModelOption.Text,
            ["keyHeader"] = ModelOption.Text,
            ["userSecretsId"] = ModelOption.Text,
            ["reasoning"] = ModelOption.OneOf("none", "limit", "effort", "continue"),
            ["reasoningField"] = ModelOption.Text,
            ["efforts"] = ModelOption.Text,
            ["thinkStart"] = ModelOption.Prose,
            ["thinkEnd"] = ModelOption.Prose,
            ["maxTokensField"] = ModelOption.OneOf("max_tokens", "max_completion_tokens"),
            ["fields"] = ModelOption.TextsOrNull(
                "model", "stream", "stream_options", "temperature", "top_p", "top_k", "frequency_penalty", "presence_penalty", "max_tokens", "seed", "stop", "response_format"),
            ["body"] = ModelOption.Object,
            ["bodyByBudget"] = ModelOption.ObjectByBudget,
            ["headers"] = ModelOption.Texts,
            ["contextLength"] = ModelOption.NumberFrom(1),
            ["concurrency"] = ModelOption.NumberFrom(1),
            ["timeoutSeconds"] = ModelOption.NumberFrom(1),
            ["retries"] = ModelOption.NumberFrom(0),
        }),
        new("replay", IsPath: true, new Dictionary<string, ModelOption>
        {
            ["model"] = ModelOption.Text,
            ["efforts"] = ModelOption.Text,
            ["pace"] = ModelOption.OneOf("instant", "recorded"),
        }),
    ];
}
