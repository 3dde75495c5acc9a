namespace FlowCompile;

/// <summary>What a preference can set a limit to.</summary>
public enum PreferenceLimit
{
    /// <summary>The mean latency, in seconds (<see cref="Preference.MaxLatency"/>).</summary>
    Latency,

    /// <summary>What half of the runs stay within, in seconds (<see cref="Preference.MaxLatencyP50"/>).</summary>
    LatencyP50,

    /// <summary>What 95 of 100 runs stay within, in seconds (<see cref="Preference.MaxLatencyP95"/>).</summary>
    LatencyP95,

    /// <summary>The mean cost, in the currency of the prices (<see cref="Preference.MaxCost"/>).</summary>
    Cost,

    /// <summary>The mean energy, in joules (<see cref="Preference.MaxEnergyJoules"/>).</summary>
    Energy,

    /// <summary>The expected score, 0 to 1 (<see cref="Preference.MinAccuracy"/>).</summary>
    Accuracy,
}
