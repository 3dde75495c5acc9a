namespace FlowCompile.Scoring;

/// <summary>Lists of named values: x = 1, y = 4.</summary>
internal static class Lists
{
    /// <summary>Whether every value has a name, each another: their order is that of the names.</summary>
    public static bool AreNamed(MathAnswer.Many list) => list.Items.Count > 1 && list.Items.All(item => item is MathAnswer.Assigned)
        && list.Items.Cast<MathAnswer.Assigned>().Select(item => item.Name).Distinct(StringComparer.Ordinal).Count() == list.Items.Count;

    /// <summary>Whether two lists are compared in order: the one has names and the other has not, unless the names only number one variable.</summary>
    public static bool IsOrdered(MathAnswer.Many a, MathAnswer.Many b) => (AreNamed(a) && IsBare(b) && !AreNumbered(a)) || (AreNamed(b) && IsBare(a) && !AreNumbered(b));

    private static bool IsBare(MathAnswer.Many list) => !list.Items.Any(item => item is MathAnswer.Assigned);

    // x_1 and x_2 are roots of one equation, in no order.
    private static bool AreNumbered(MathAnswer.Many list) =>
        list.Items.Cast<MathAnswer.Assigned>().All(item => item.Name.Contains('_', StringComparison.Ordinal))
        && list.Items.Cast<MathAnswer.Assigned>().Select(item => item.Name.Split('_')[0]).Distinct(StringComparer.Ordinal).Count() == 1;
}
