namespace FlowCompile.Profiling;

/// <summary>
/// Decides which settings go on being measured, and on how many cases. It is asked after every block of cases, which come in an order of chance,
/// and must answer the same for the same outcomes: a profile that was stopped asks again.
/// </summary>
public interface ISettingRace
{
    /// <summary>Names settings that need no more measuring, since they cannot reach the frontier.</summary>
    /// <param name="outcomes">The outcomes so far, failures included, of the settings that are still measured.</param>
    /// <returns>The settings to drop; of every sub-agent one at least must stay.</returns>
    IReadOnlyList<DroppedSetting> Drop(IReadOnlyList<ProfiledOutcome> outcomes);

    /// <summary>Says whether the settings that are left are known well enough, so that they need no more cases.</summary>
    /// <param name="outcomes">The outcomes so far, failures included, of the settings that are still measured.</param>
    /// <returns>Why, in one line; <see langword="null"/> to go on.</returns>
    string? Settle(IReadOnlyList<ProfiledOutcome> outcomes);
}
