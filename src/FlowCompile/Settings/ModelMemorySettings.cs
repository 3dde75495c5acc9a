namespace FlowCompile.Settings;

/// <summary>The memory a model takes on a GPU.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="MemoryGiB">The memory in GiB.</param>
/// <param name="Gpus">The names of the GPUs it may be on; empty: any.</param>
public sealed record ModelMemorySettings(string Model, decimal MemoryGiB, IReadOnlyList<string> Gpus);
