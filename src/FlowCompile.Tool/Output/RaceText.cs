using FlowCompile.Profiling;

namespace FlowCompile.Tool.Output;

/// <summary>Says which settings a race has dropped, and why.</summary>
internal static class RaceText
{
    /// <summary>Writes to standard error, a line for what has one reason at one sub-agent.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="dropped">The settings.</param>
    public static void Write(string workflow, IReadOnlyList<DroppedSetting> dropped)
    {
        foreach (var group in dropped.GroupBy(one => (one.Node, one.Reason)))
        {
            Console.Error.WriteLine($"{workflow}: {group.Key.Node} is no longer measured under {string.Join(", ", group.Select(one => one.Setting))}: {group.Key.Reason}");
        }

        if (dropped.Count > 0)
        {
            Console.Error.WriteLine($"{workflow}: {dropped.Count} settings were dropped; --exhaustive measures them too.");
        }
    }
}
