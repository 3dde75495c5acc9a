namespace FlowCompile.Profiling;

/// <summary>The order in which a race measures cases.</summary>
internal static class RaceOrder
{
    /// <summary>
    /// Orders cases by a hash of theirs: the first ones are a sample of all, however a file sorts them, and the same wherever the profile is made.
    /// </summary>
    /// <param name="cases">The cases.</param>
    public static IReadOnlyList<WorkflowCase> Of(IReadOnlyList<WorkflowCase> cases) =>
        [.. cases.OrderBy(one => KeyOf(one.Hash), StringComparer.Ordinal).ThenBy(one => one.Id, StringComparer.Ordinal)];

    /// <summary>What cases are ordered by.</summary>
    /// <param name="hash">The hash of a case.</param>
    public static string KeyOf(string hash) => ContentHash.Of("race-order-1", hash);
}
