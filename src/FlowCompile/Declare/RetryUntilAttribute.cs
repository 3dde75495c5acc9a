namespace FlowCompile;

/// <summary>
/// Makes a sub-agent the repairer of a bounded loop: test, repair, test again. The sub-agent takes the value to repair through a
/// <see cref="FromAttribute"/> parameter of its own result type; the test is a tool that takes the same upstream and returns
/// <see cref="bool"/> or a type that implements <see cref="ITestResult"/>. While the test fails and attempts are left, the sub-agent
/// runs and its result is tested in place of the upstream's. The node's output is the last value, repaired or not.
/// </summary>
/// <param name="test">The name of the testing tool.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class RetryUntilAttribute(string test) : Attribute
{
    /// <summary>The name of the testing tool.</summary>
    public string Test { get; } = test;

    /// <summary>The fewest attempts a configuration may allow, 0 or more (default 0: a configuration may do without repair).</summary>
    public int MinAttempts { get; set; }

    /// <summary>The most attempts a configuration may allow, at least 1 (default 1).</summary>
    public int MaxAttempts { get; set; } = 1;

    /// <summary>Whether all attempts have the same setting in every configuration (default <see langword="false"/>: each may have its own).</summary>
    public bool Same { get; set; }
}
