using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>Why a configuration is on the frontier, or is not.</summary>
public sealed record ConfigurationExplanation
{
    /// <summary>The configuration as text.</summary>
    public required string Text { get; init; }

    /// <summary>What became of it.</summary>
    public required ConfigurationVerdict Verdict { get; init; }

    /// <summary>The configuration with its estimate, under its id where it is on the frontier; <see langword="null"/> where there is no estimate.</summary>
    public WorkflowConfiguration? Configuration { get; init; }

    /// <summary>Why, as sentences without full stops; empty where there is nothing to add.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>The configurations of the frontier that are no worse in any objective, the nearest first. Accuracies are compared as recorded.</summary>
    public IReadOnlyList<Domination> DominatedBy { get; init; } = [];

    /// <summary>What stands for it in the plan, where it was folded.</summary>
    public FoldedConfiguration? Folded { get; init; }

    /// <summary>Of a configuration of the plan, what it stands for, the most accurate on the recorded cases first.</summary>
    public IReadOnlyList<FoldedConfiguration> StandsFor { get; init; } = [];

    /// <summary>
    /// Of a configuration of the plan, the one that it beats by noise only: of those that spend no more and from which it cannot be told apart, the one with
    /// the fewest calls, and then the fastest; <see langword="null"/> where it beats none so.
    /// </summary>
    public NoiseRival? BeatsByNoise { get; init; }

    /// <summary>What improving each of its sub-agents would change, in the order of the graph; empty where there is no estimate.</summary>
    public IReadOnlyList<SubAgentSensitivity> Sensitivities { get; init; } = [];
}
