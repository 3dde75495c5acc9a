namespace FlowCompile.Testing.Fuzzing;

/// <summary>A way in which inputs broke a rule.</summary>
/// <param name="Rule">The rule, and for an exception where it came from.</param>
/// <param name="Index">The number of the first such input, which makes it again.</param>
/// <param name="Message">What happened with it.</param>
/// <param name="Smallest">The smallest input found that does the same.</param>
public sealed record FuzzFinding(string Rule, int Index, string Message, FuzzInput Smallest)
{
    /// <summary>How many inputs did it.</summary>
    public int Count { get; internal set; } = 1;
}
