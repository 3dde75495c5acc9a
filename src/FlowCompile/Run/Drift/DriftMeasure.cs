namespace FlowCompile;

/// <summary>What of a cell drifted.</summary>
public enum DriftMeasure
{
    /// <summary>Calls take longer than the plan has it.</summary>
    Latency,

    /// <summary>Calls generate more tokens than the plan has it.</summary>
    Tokens,

    /// <summary>Answers are right less often than the plan has it.</summary>
    Accuracy,
}
