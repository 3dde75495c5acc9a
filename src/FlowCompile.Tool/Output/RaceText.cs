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
            Console.Error.WriteLine($"{workflow}: no longer measured: {line}");
        }

        if (manifest.Dropped.Count > 0)
        {
            Console.Error.WriteLine($"{workflow}: {manifest.Dropped.Count} settings were dropped; --exhaustive measures them too.");
        }

        if (manifest.Settled is { } settled)
        {
            Console.Error.WriteLine(
                $"{workflow}: {Results.Count(settled.Cases)} of {Results.Count(manifest.Cases)} cases were measured: {settled.Reason}; --precision 0 measures the others too.");
        }
    }

    /// <summary>The settings with the reason, a line for what has the same.</summary>
    /// <param name="dropped">The settings.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<DroppedSetting> dropped) => dropped.GroupBy(one => one.Reason).Select(group =>
        $"{string.Join("; ", group.GroupBy(one => one.Node).Select(node => $"{node.Key} under {string.Join(", ", node.Select(one => one.Setting))}"))}: {group.Key}");
}
