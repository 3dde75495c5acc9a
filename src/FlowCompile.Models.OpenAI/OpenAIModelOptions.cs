namespace FlowCompile.Models.OpenAI;

/// <summary>A model of an OpenAI-compatible server, and how it is called.</summary>
public sealed class OpenAIModelOptions
{
    /// <summary>The server's base address, for example <c>http://localhost:8000/v1</c>. It must not hold a user, a password or a query.</summary>
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

    /// <summary>How the server is told a reasoning budget.</summary>
    /// <value>Default: <see cref="ReasoningMeans.None"/>.</value>
    public ReasoningMeans Reasoning { get; init; }

    /// <summary>The request's field for a limit or an effort; dots lead into objects: <c>chat_template_kwargs.thinking_budget</c>.</summary>
    /// <value>Default: <c>thinking_token_budget</c> for a limit, <c>reasoning_effort</c> for an effort.</value>
    public string? ReasoningField { get; init; }

    /// <summary>The efforts, by ascending budgets; the last also serves what is above it.</summary>
    /// <value>Default: <c>minimal</c> to 0, <c>low</c> to 1024, <c>medium</c> to 8192, <c>high</c> above.</value>
    public IReadOnlyList<ReasoningLevel> Efforts { get; init; } =
        [new("minimal", 0), new("low", 1024), new("medium", 8192), new("high", int.MaxValue)];

    /// <summary>The text by which the model's thinking starts where the server leaves it in the answer, and in a prefix to continue from.</summary>
    public string ThinkStart { get; init; } = "<think>";

    /// <summary>The text by which its thinking ends.</summary>
    public string ThinkEnd { get; init; } = "</think>";

    /// <summary>The request's field for the most tokens to generate.</summary>
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

    internal string Place => Endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');
}
