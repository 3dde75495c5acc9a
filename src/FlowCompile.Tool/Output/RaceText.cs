using FlowCompile.Profiling;

namespace FlowCompile.Tool.Output;

/// <summary>Says which settings a race has dropped, how many cases it needed, and why.</summary>
internal static class RaceText
{
    /// <summary>Writes it to standard error.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="manifest">What the profile was made with.</param>
    public static void Write(string workflow, ProfileManifest manifest)
    {
        foreach (var line in Lines(manifest.Dropped))
        {
            Terminal.ErrorLine($"{workflow}: no longer measured: {line}");
        }

        if (manifest.Dropped.Count > 0)
        {
            Terminal.ErrorLine($"{workflow}: {manifest.Dropped.Count} settings were dropped; --exhaustive measures them too.");
        }

        if (manifest.Settled is { } settled)
        {
            Terminal.ErrorLine(
                $"{workflow}: {Results.Count(settled.Cases)} of {Results.Count(manifest.Cases)} cases were measured: {ShownText.OfMessage(settled.Reason)}; --precision 0 measures the others too.");
        }
    }

    /// <summary>The settings with the reason, a line for what has the same.</summary>
    /// <param name="dropped">The settings.</param>
    public static IEnumerable<ShownText> Lines(IReadOnlyList<DroppedSetting> dropped) => dropped.GroupBy(one => one.Reason).Select(group =>
        (ShownText)$"{ShownText.Join("; ", group.GroupBy(one => one.Node).Select(node => (ShownText)$"{node.Key} under {ShownText.Join(", ", node.Select(one => one.Setting))}"))}: {ShownText.OfMessage(group.Key)}");
}
