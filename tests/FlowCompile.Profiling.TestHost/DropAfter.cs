namespace FlowCompile.Profiling.TestHost;

/// <summary>A race that drops one setting of the draft after some cases, and ends after more.</summary>
/// <param name="cases">After how many cases it drops.</param>
/// <param name="settled">After how many it ends; never where they are more than there are.</param>
public sealed class DropAfter(int cases, int settled = int.MaxValue) : ISettingRace
{
    /// <summary>The setting that goes.</summary>
    public static Setting Setting { get; } = new("small", 32);

    /// <inheritdoc/>
    public IReadOnlyList<DroppedSetting> Drop(IReadOnlyList<ProfiledOutcome> outcomes) =>
        CasesOf(outcomes) >= cases && outcomes.Any(one => one.Cell.Node == "Draft" && one.Cell.Setting == Setting) ? [new DroppedSetting("Draft", Setting, "worse")] : [];

    /// <inheritdoc/>
    public string? Settle(IReadOnlyList<ProfiledOutcome> outcomes) => CasesOf(outcomes) >= settled ? "enough" : null;

    private static int CasesOf(IReadOnlyList<ProfiledOutcome> outcomes) => outcomes.Select(one => one.Cell.CaseId).Distinct().Count();
}
