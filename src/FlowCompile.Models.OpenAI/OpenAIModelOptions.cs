using System.Text.Json.Nodes;

namespace FlowCompile.Models.OpenAI;

/// <summary>A model of an OpenAI-compatible server, and how it is called.</summary>
public sealed class OpenAIModelOptions
{
    /// <summary>
    /// The server's base address, for example <c>http://localhost:8000/v1</c>, or that of its chat completions. A query stays, for example
    /// <c>?api-version=2024-10-21</c>. It must not hold a user, a password or a key.
    /// </summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The model's id at the server.</summary>
    public required string ModelId { get; init; }

    /// <summary>The model's name in messages.</summary>
    /// <value>Default: <see cref="ModelId"/>.</value>
    public string? Name { get; init; }

    /// <summary>The key. It is sent to the endpoint and written nowhere.</summary>
    /// <value>Default: none is sent.</value>
    public string? ApiKey { get; init; }

    /// <summary>The header that takes the key as it is.</summary>
    /// <value>Default: <c>Authorization</c>, with <c>Bearer</c> before the key.</value>
    public string? KeyHeader { get; init; }

    /// <summary>Headers that are sent with every call.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<ModelHeader> Headers { get; init; } = [];

    /// <summary>
    /// How the server calls fields of the request, by their names in the protocol; <see langword="null"/> leaves one out. Dots lead into objects. They are
    /// <c>model</c>, <c>stream</c>, <c>stream_options</c>, <c>temperature</c>, <c>top_p</c>, <c>top_k</c>, <c>frequency_penalty</c>, <c>presence_penalty</c>,
    /// <c>max_tokens</c>, <c>seed</c>, <c>stop</c> and <c>response_format</c>. Without <c>stream</c> there is no <c>stream_options</c> either.
    /// </summary>
    /// <value>Default: as in the protocol.</value>
    public IReadOnlyDictionary<string, string?> Fields { get; init; } = new Dictionary<string, string?>();

    /// <summary>
    /// What is merged into every request: objects member by member, everything else in place of what is there, and <c>null</c> removes a field.
    /// It goes before all that the client itself sends.
    /// </summary>
    /// <value>Default: nothing.</value>
    public JsonObject? Body { get; init; }

    /// <summary>
    /// What is merged into a request with a reasoning budget after <see cref="Body"/>, by the largest budget that it is for: the first that covers the
    /// call's counts. <see cref="int.MaxValue"/> is for all above.
    /// </summary>
    /// <value>Default: nothing.</value>
    public IReadOnlyDictionary<int, JsonObject> BodyByBudget { get; init; } = new Dictionary<int, JsonObject>();

    /// <summary>How the server is told a reasoning budget.</summary>
    /// <value>Default: <see cref="ReasoningMeans.None"/>.</value>
    public ReasoningMeans Reasoning { get; init; }

    /// <summary>The request's field for a limit or an effort; dots lead into objects: <c>chat_template_kwargs.thinking_budget</c>.</summary>
    /// <value>Default: <c>thinking_token_budget</c> for a limit, <c>reasoning_effort</c> for an effort.</value>
    public string? ReasoningField { get; init; }

    /// <summary>The efforts, by ascending budgets; the last also serves what is above it.</summary>
    /// <value>Default: <c>none</c> to 0, <c>low</c> to 1024, <c>medium</c> to 8192, <c>high</c> above.</value>
    public IReadOnlyList<ReasoningLevel> Efforts { get; init; } =
        [new("none", 0), new("low", 1024), new("medium", 8192), new("high", int.MaxValue)];

    /// <summary>The text by which the model's thinking starts where the server leaves it in the answer, and in a prefix to continue from.</summary>
    public string ThinkStart { get; init; } = "<think>";

    /// <summary>The text by which its thinking ends.</summary>
    public string ThinkEnd { get; init; } = "</think>";

    /// <summary>The request's field for the most tokens to generate: a short way to write <c>max_tokens</c> in <see cref="Fields"/>, which goes before it.</summary>
    /// <value>Default: <c>max_tokens</c>; OpenAI's own reasoning models ask for <c>max_completion_tokens</c>.</value>
    public string MaxTokensField { get; init; } = "max_tokens";

    /// <summary>The most tokens a prompt and its answer may have together.</summary>
    /// <value>Default: unknown.</value>
    public int? ContextLength { get; init; }

    /// <summary>How many calls the endpoint gets at once, 1 or more. The calls of all models opened by one <see cref="OpenAIModels"/> count.</summary>
    /// <value>Default: 8, where no model at the endpoint says another number; the smallest that one says counts.</value>
    public int? Concurrency { get; init; }

    /// <summary>How long one try of a call may take, from its sending to the end of its answer.</summary>
    /// <value>Default: 5 minutes.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a call that failed is tried again, 0 or more.</summary>
    /// <value>Default: 4.</value>
    public int Retries { get; init; } = 4;

    /// <summary>About how long to wait before the first retry; each further wait is about twice as long, with jitter. A server's Retry-After goes before.</summary>
    /// <value>Default: half a second.</value>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest wait before a retry. A server that asks for more has the call fail.</summary>
    /// <value>Default: 2 minutes.</value>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromMinutes(2);

    internal string DisplayName => Name ?? ModelId;

    /// <summary>What must get into no message: the key and secret headers, longest first, so that one within another leaves nothing behind.</summary>
    internal IEnumerable<string> Secrets => Headers.Where(header => header.IsSecret)
        .SelectMany(header => (string[])[header.Value, .. header.Value.Split(' ').Where(part => part.Length > 7)]).Append(ApiKey)
        .OfType<string>().Where(secret => secret.Length > 0).OrderByDescending(secret => secret.Length);

    /// <summary>The server's base address without its query: what messages and identities call the place.</summary>
    internal string Place => ChatAddress.BaseOf(Endpoint);

    /// <summary>The field that says the budget, where it is a limit or an effort.</summary>
    internal string ReasoningPath => ReasoningField ?? (Reasoning == ReasoningMeans.Effort ? "reasoning_effort" : "thinking_token_budget");

    /// <summary>The name of a field at the server; <see langword="null"/> where it is left out.</summary>
    /// <param name="field">Its name in the protocol.</param>
    internal string? NameOf(string field) => Fields.TryGetValue(field, out var name) ? name : field == ChatRequest.MaxTokens ? MaxTokensField : field;
}
