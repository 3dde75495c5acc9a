namespace FlowCompile.Profiling;

/// <summary>
/// Decides which settings go on being measured. It is asked after every block of cases, and must answer the same for the same outcomes: a
/// profile that was stopped asks again.
/// </summary>
public interface ISettingRace
{
    /// <summary>Names settings that need no more measuring, since they cannot reach the frontier.</summary>
    /// <param name="outcomes">The outcomes so far, failures included, of the settings that are still measured.</param>
    /// <returns>The settings to drop; of every sub-agent one at least must stay.</returns>
    IReadOnlyList<DroppedSetting> Drop(IReadOnlyList<ProfiledOutcome> outcomes);
}
