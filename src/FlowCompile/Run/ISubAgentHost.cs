namespace FlowCompile;

/// <summary>What a sub-agent's context belongs to: a run, or a single call outside of one.</summary>
internal interface ISubAgentHost
{
    TimeProvider Time { get; }

    /// <summary>How long one model call may take; <see langword="null"/> for no limit.</summary>
    TimeSpan? CallTimeout { get; }

    /// <summary>Whether records keep prompts and answers.</summary>
    bool RecordsTexts { get; }

    /// <summary>What is particular to a call.</summary>
    SubAgentCall CallOf(RunBinding.Node node, int replica, int attempt);

    /// <summary>A model call succeeded.</summary>
    /// <param name="agent">Whose.</param>
    /// <param name="usage">What it took.</param>
    /// <param name="record">Its record; <see langword="null"/> for the one that the context makes when asked (<see cref="SubAgentContext.FirstRecord"/>).</param>
    void Record(SubAgentContext agent, in CallUsage usage, CallRecord? record);

    /// <summary>A model call failed.</summary>
    /// <returns>Whether that was the model's failure.</returns>
    bool Fail(RunBinding.Node node);
}
