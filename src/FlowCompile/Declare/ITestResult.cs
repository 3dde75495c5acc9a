namespace FlowCompile;

/// <summary>What a test of a bounded repair loop (<see cref="RetryUntilAttribute"/>) returns when it has more to say than a <see cref="bool"/>.</summary>
public interface ITestResult
{
    /// <summary>Whether the tested value passed.</summary>
    bool Passed { get; }
}
