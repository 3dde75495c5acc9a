namespace FlowCompile.Settings;

/// <summary>The section <c>deployment</c> of <c>flowcompile.json</c>: what all workflows of the project together must keep to.</summary>
public sealed record DeploymentSettings
{
    /// <summary>The most distinct models in use, 1 or more; <see langword="null"/>: any number.</summary>
    public int? MaxModels { get; init; }

    /// <summary>The most that all runs together may cost in the period that runs are counted in; <see langword="null"/>: any amount.</summary>
    public double? MaxSpending { get; init; }

    /// <summary>The memory of each GPU that models share, in GiB, by the GPU's name; empty: memory is no limit.</summary>
    public IReadOnlyDictionary<string, decimal> Gpus { get; init; } = new Dictionary<string, decimal>();

    /// <summary>The memory that models take on a GPU; one that is not here takes none.</summary>
    public IReadOnlyList<ModelMemorySettings> Memory { get; init; } = [];

    /// <summary>The workflows that are said something of.</summary>
    public IReadOnlyList<DeployedWorkflowSettings> Workflows { get; init; } = [];
}
