namespace FlowCompile.Deployment;

/// <summary>A GPU that models share.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MemoryGiB">The memory that models may fill, in GiB; more than three decimals are rounded down.</param>
public sealed record Gpu(string Name, decimal MemoryGiB);
