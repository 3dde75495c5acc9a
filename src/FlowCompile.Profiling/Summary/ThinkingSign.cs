namespace FlowCompile.Profiling;

/// <summary>What in a profile makes a model's answers look like thinking.</summary>
public enum ThinkingSign
{
    /// <summary>Answers hold a closing mark of thinking.</summary>
    ClosingMark,

    /// <summary>Answers are much longer under budgets than without, while no thinking is counted.</summary>
    LongAnswers,

    /// <summary>The model is declared to reason and has never thought under a budget above 0.</summary>
    NoThinking,
}
