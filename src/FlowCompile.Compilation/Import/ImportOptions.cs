namespace FlowCompile.Compilation;

/// <summary>How to import results of the published system.</summary>
public sealed record ImportOptions
{
    /// <summary>
    /// The thinking tokens that stand for a budget without a limit; <see langword="null"/> (the default) refuses settings without one.
    /// </summary>
    public int? UnlimitedBudget { get; init; }
}
