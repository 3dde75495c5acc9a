using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>What a sub-agent's context belongs to: a run, or a single call outside of one.</summary>
internal interface ISubAgentHost
{
    TimeProvider Time { get; }

    /// <summary>Whether calls are made just so: without limit, hedge or reader, and their texts not kept.</summary>
    bool IsPlain { get; }

    /// <summary>
    /// How long one model call of a node may take, from now on, and whether an answer after that counts no more; <see langword="null"/> for no limit.
    /// </summary>
    (TimeSpan Limit, bool IsFirm)? CallTimeout(RunBinding.Node node);

    /// <summary>Whether records keep prompts and answers.</summary>
    bool RecordsTexts { get; }

    /// <summary>Whether the answers of a sub-agent are the output, and somebody reads it while it is written.</summary>
    bool Streams(SubAgentContext agent);

    /// <summary>Hands an update of the output to its reader. From the first on, the run goes nowhere else.</summary>
    void Forward(SubAgentContext agent, ChatResponseUpdate update);

    /// <summary>After how long a call is made a second time; <see langword="null"/> for never.</summary>
    TimeSpan? HedgeAfter(SubAgentContext agent);

    /// <summary>A call was made a second time.</summary>
    /// <param name="agent">Whose.</param>
    /// <param name="hedge">How it went.</param>
    /// <param name="failure">What the call that did not give the answer failed of; <see langword="null"/> where it did not fail.</param>
    void Record(SubAgentContext agent, Hedge hedge, Exception? failure);

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
