namespace FlowCompile.Compilation;

/// <summary>What was recorded of the calls that a sub-agent makes in one configuration, all under one setting or each under its own.</summary>
internal interface ICallOutcomes
{
    /// <summary>What was recorded of each call; a single one where all calls have one setting.</summary>
    IReadOnlyList<SettingOutcomes> Parts { get; }

    /// <summary>The mean cost of the first calls.</summary>
    /// <param name="calls">How many calls.</param>
    double CostOf(int calls);

    /// <summary>The mean energy of the first calls in joules; not a number where it was not measured.</summary>
    /// <param name="calls">How many calls.</param>
    double EnergyOf(int calls);

    /// <inheritdoc cref="SettingOutcomes.Right"/>
    OutcomeVectors Right(InputState state, int calls);

    /// <inheritdoc cref="SettingOutcomes.Repairs"/>
    OutcomeVectors Repairs(int attempts);

    /// <inheritdoc cref="SettingOutcomes.Latencies"/>
    double[] Latencies(int calls, bool sideBySide, KnownInputs inputs);

    /// <inheritdoc cref="SettingOutcomes.Latency"/>
    double[] Latency(int call, KnownInputs inputs);
}
