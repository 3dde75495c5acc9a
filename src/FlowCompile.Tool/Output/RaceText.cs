using FlowCompile.Profiling;

namespace FlowCompile.Tool.Output;

/// <summary>Says which settings a race has dropped, how many cases it needed, and why.</summary>
internal static class RaceText
{
    /// <summary>Writes to standard error, a line for what has one reason at one sub-agent.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="manifest">What the profile was made with.</param>
    public static void Write(string workflow, ProfileManifest manifest)
    {
        var dropped = manifest.Dropped;
        foreach (var group in dropped.GroupBy(one => (one.Node, one.Reason)))
        {
            Console.Error.WriteLine($"{workflow}: {group.Key.Node} is no longer measured under {string.Join(", ", group.Select(one => one.Setting))}: {group.Key.Reason}");
        }

        if (dropped.Count > 0)
        {
            Console.Error.WriteLine($"{workflow}: {dropped.Count} settings were dropped; --exhaustive measures them too.");
        }

        if (manifest.Settled is { } settled)
        {
            Console.Error.WriteLine(
                $"{workflow}: {Results.Count(settled.Cases)} of {Results.Count(manifest.Cases)} cases were measured: {settled.Reason}; --precision 0 measures the others too.");
        }
    }
}
