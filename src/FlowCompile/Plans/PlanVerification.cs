namespace FlowCompile.Plans;

/// <summary>What runs of the whole workflow have shown of a plan's estimates: its configurations were run end to end on some of the cases measured.</summary>
public sealed record PlanVerification
{
    /// <summary>How many runs were compared.</summary>
    public required int Runs { get; init; }

    /// <summary>On how many cases.</summary>
    public required int Cases { get; init; }

    /// <summary>How many runs failed, and were not compared.</summary>
    public int Failures { get; init; }

    /// <summary>The mean of measured less predicted score on those cases, -1 to 1, before anything was corrected.</summary>
    public required double Difference { get; init; }

    /// <summary>Its 90 % interval; <see langword="null"/> of one case.</summary>
    public EstimateInterval? DifferenceInterval { get; init; }

    /// <summary>Whether it is refuted that the estimates are off by .15 or more on average, with an error of at most 10 %.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>What was found of each structure, and what its accuracies were corrected by.</summary>
    public IReadOnlyList<StructureVerification> Structures { get; init; } = [];

    /// <summary>What was found of latencies; <see langword="null"/> of fewer than two configurations.</summary>
    public LatencyVerification? Latency { get; init; }
}
