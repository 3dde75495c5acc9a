namespace FlowCompile.Compilation;

/// <summary>The names of objectives in plans and reports.</summary>
public static class ObjectiveNames
{
    /// <summary>The names of some objectives, for example <c>accuracy</c> and <c>latency</c>.</summary>
    /// <param name="objectives">The objectives.</param>
    public static IReadOnlyList<string> ToNames(this Objectives objectives) =>
        [.. Enum.GetValues<Objectives>().Where(one => one != 0 && objectives.HasFlag(one)).Select(one => one.ToString().ToLowerInvariant())];
}
