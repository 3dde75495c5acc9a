namespace FlowCompile.Graph;

/// <summary>A bounded repair loop: the node repairs the output of <see cref="Target"/> while <see cref="Test"/> fails.</summary>
public sealed class RepairLoop
{
    /// <summary>Creates the loop.</summary>
    /// <param name="test">The testing tool.</param>
    /// <param name="target">The upstream whose output is tested and repaired.</param>
    /// <param name="minAttempts">The fewest attempts a structure may allow.</param>
    /// <param name="maxAttempts">The most attempts a structure may allow.</param>
    public RepairLoop(string test, string target, int minAttempts, int maxAttempts)
    {
        Test = test;
        Target = target;
        MinAttempts = minAttempts;
        MaxAttempts = maxAttempts;
    }

    /// <summary>The testing tool's name.</summary>
    public string Test { get; }

    /// <summary>The name of the upstream whose output is tested and repaired.</summary>
    public string Target { get; }

    /// <summary>The fewest attempts a structure may allow, 0 or more.</summary>
    public int MinAttempts { get; }

    /// <summary>The most attempts a structure may allow, 1 or more.</summary>
    public int MaxAttempts { get; }
}
