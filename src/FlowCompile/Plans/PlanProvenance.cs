namespace FlowCompile.Plans;

/// <summary>Where a plan comes from: everything needed to say whether it still holds.</summary>
public sealed record PlanProvenance
{
    /// <summary>The version of FlowCompile that compiled it.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>The hash of the measured outcomes it was compiled from.</summary>
    public required string ProfileHash { get; init; }

    /// <summary>The hash of the validation cases; <see langword="null"/> where the plan does not say.</summary>
    public string? CasesHash { get; init; }

    /// <summary>The number of validation cases measured.</summary>
    public required int Cases { get; init; }

    /// <summary>The seed of the sampled calls.</summary>
    public required int Seed { get; init; }

    /// <summary>The identity of every model measured, by its name.</summary>
    public required IReadOnlyDictionary<string, string> Models { get; init; }

    /// <summary>The machine the latencies were measured on.</summary>
    public required string Hardware { get; init; }

    /// <summary>How many calls ran at once while latencies were measured, 1 or more; <see langword="null"/> where the plan does not say.</summary>
    public int? Concurrency { get; init; }

    /// <summary>
    /// How many calls were decoded in batches, 1 or more: their latencies are put together from those of the calls that were timed.
    /// <see langword="null"/> where every call was timed, and where the plan does not say.
    /// </summary>
    public int? UntimedCalls { get; init; }
}
