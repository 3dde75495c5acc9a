namespace FlowCompile;

/// <summary>What a preference chooses by, among the configurations that keep its limits.</summary>
public enum PreferenceObjective
{
    /// <summary>The weighted sum of accuracy and latency (<see cref="Preference.Weighted"/>); its ends are the fastest and the most accurate.</summary>
    Weighted,

    /// <summary>The greater of the two regrets (<see cref="Preference.Chebyshev"/>).</summary>
    Chebyshev,

    /// <summary>The least cost (<see cref="Preference.Cheapest"/>).</summary>
    Cost,

    /// <summary>The least energy (<see cref="Preference.LeastEnergy"/>).</summary>
    Energy,

    /// <summary>The greatest probability of being right within a time (<see cref="Preference.MostLikelyWithin"/>).</summary>
    RightInTime,
}
