using FlowCompile.Settings;

namespace FlowCompile.Deployment;

/// <summary>What a deployment as a whole must keep to, over all its workflows. Everything left out is unlimited.</summary>
public sealed record DeploymentLimits
{
    /// <summary>The most distinct models in use, 1 or more.</summary>
    public int? MaxModels { get; init; }

    /// <summary>The GPUs that share the models out: each model with a memory is on one of them, and what is on one fits it. Empty: no such limit.</summary>
    public IReadOnlyList<Gpu> Gpus { get; init; } = [];

    /// <summary>The memory of the models; one that is not here takes none (it runs elsewhere).</summary>
    public IReadOnlyList<ModelMemory> Memory { get; init; } = [];

    /// <summary>The most that all runs together may cost in the period that <see cref="DeploymentWorkflow.Runs"/> counts, in the currency of the prices.</summary>
    public double? MaxSpending { get; init; }

    /// <summary>Takes the limits of <c>flowcompile.json</c>.</summary>
    /// <param name="settings">Its section <c>deployment</c>; <see langword="null"/> where it has none.</param>
    public static DeploymentLimits From(DeploymentSettings? settings) => settings is null ? None : new()
    {
        MaxModels = settings.MaxModels,
        Gpus = [.. settings.Gpus.Select(gpu => new Gpu(gpu.Key, gpu.Value))],
        Memory = [.. settings.Memory.Select(model => new ModelMemory(model.Model, model.MemoryGiB, model.Gpus))],
        MaxSpending = settings.MaxSpending,
    };

    /// <summary>No limit.</summary>
    public static DeploymentLimits None { get; } = new();

    /// <summary>Says of limits that cannot be meant what is wrong with them.</summary>
    /// <exception cref="ArgumentException">A limit is out of range, or names something twice or unknown.</exception>
    internal void Check()
    {
        Require(MaxModels is null or >= 1, "The most models in use must be 1 or more.");
        Require(MaxSpending is null or (>= 0 and < double.PositiveInfinity), "The spending limit must be 0 or more.");
        Require(Gpus.All(gpu => gpu.MemoryGiB is >= 0 and <= 1_000_000), "The memory of a GPU must be from 0 to a million GiB.");
        Require(Memory.All(model => model.MemoryGiB is >= 0 and <= 1_000_000), "The memory of a model must be from 0 to a million GiB.");
        Require(Gpus.DistinctBy(gpu => gpu.Name).Count() == Gpus.Count, "Two GPUs have the same name.");
        Require(Memory.DistinctBy(model => model.Model).Count() == Memory.Count, "The memory of a model is given twice.");
        foreach (var model in Memory)
        {
            var unknown = model.Gpus.FirstOrDefault(name => Gpus.All(gpu => gpu.Name != name));
            Require(unknown is null, $"The model '{model.Model}' names the GPU '{unknown}', which is none of the deployment's.");
        }
    }

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new ArgumentException(problem);
        }
    }
}
