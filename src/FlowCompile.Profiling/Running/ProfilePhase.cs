namespace FlowCompile.Profiling;

/// <summary>What a profile is doing.</summary>
public enum ProfilePhase
{
    /// <summary>Running the workflow under the reference settings, to induce the inputs of its sub-agents.</summary>
    Reference,

    /// <summary>Measuring the cells.</summary>
    Cells,

    /// <summary>Running the configurations of the plan end to end.</summary>
    Verification,
}
