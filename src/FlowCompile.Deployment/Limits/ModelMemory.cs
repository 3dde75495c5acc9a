namespace FlowCompile.Deployment;

/// <summary>The memory a loaded model takes on the GPU it is on.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="MemoryGiB">The memory in GiB, weights and caches together; more than three decimals are rounded up.</param>
/// <param name="Gpus">The names of the GPUs it may be on; empty: any.</param>
public sealed record ModelMemory(string Model, decimal MemoryGiB, IReadOnlyList<string> Gpus);
