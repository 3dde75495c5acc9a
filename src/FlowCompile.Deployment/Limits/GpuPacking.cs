namespace FlowCompile.Deployment;

/// <summary>Whether models fit on the GPUs together. Exact; the largest models are placed first.</summary>
internal sealed class GpuPacking(DeploymentLimits limits)
{
    private readonly Dictionary<string, ModelMemory> _memory = limits.Memory.ToDictionary(model => model.Model, StringComparer.Ordinal);

    /// <summary>A model's memory in thousandths of a GiB, rounded up; a GPU's is rounded down.</summary>
    public static long Units(ModelMemory model) => (long)decimal.Ceiling(model.MemoryGiB * 1000);

    /// <inheritdoc cref="Units(ModelMemory)"/>
    public static long Units(Gpu gpu) => (long)decimal.Floor(gpu.MemoryGiB * 1000);

    public static bool Allows(ModelMemory model, Gpu gpu) => model.Gpus.Count == 0 || model.Gpus.Contains(gpu.Name);

    public bool Fits(IEnumerable<string> models)
    {
        if (limits.Gpus.Count == 0)
        {
            return true;
        }

        var placed = models.Where(_memory.ContainsKey).Select(model => _memory[model]).OrderByDescending(Units).ToList();
        return Place(placed, 0, [.. limits.Gpus.Select(Units)]);
    }

    private bool Place(List<ModelMemory> models, int next, long[] free)
    {
        if (next == models.Count)
        {
            return true;
        }

        var (model, size) = (models[next], Units(models[next]));
        for (var gpu = 0; gpu < free.Length; gpu++)
        {
            if (free[gpu] >= size && Allows(model, limits.Gpus[gpu]))
            {
                free[gpu] -= size;
                if (Place(models, next + 1, free))
                {
                    return true;
                }

                free[gpu] += size;
            }
        }

        return false;
    }
}
