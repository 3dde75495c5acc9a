namespace FlowCompile;

/// <summary>
/// What a chat client says of the model behind it, through <see cref="Microsoft.Extensions.AI.IChatClient.GetService"/>. The profile
/// keys its outcomes by <see cref="Identity"/>, so that a changed model is measured again.
/// </summary>
public sealed record ModelDescription
{
    /// <summary>The provider's name, for example <c>onnx</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>
    /// What makes the model this one and no other: a hash of its files, or an endpoint and model id. Never a secret.
    /// </summary>
    public required string Identity { get; init; }

    /// <summary>Where the model runs, for example <c>cpu</c> or <c>cuda</c>; <see langword="null"/> where the provider cannot tell.</summary>
    public string? Device { get; init; }

    /// <summary>How many calls run at once where the model runs; <see langword="null"/> where no limit is known.</summary>
    public ModelCapacity? Capacity { get; init; }

    /// <summary>
    /// Whether the model's calls are computed on this machine, so that the machine's energy counters tell what they take (default: no).
    /// </summary>
    public bool RunsHere { get; init; }

    /// <summary>The most tokens a prompt and its answer may have together; <see langword="null"/> where unknown.</summary>
    public int? ContextLength { get; init; }
}
