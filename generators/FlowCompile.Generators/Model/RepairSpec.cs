namespace FlowCompile.Generators.Model;

/// <summary>The bounded repair loop of a repairer.</summary>
/// <param name="Test">The testing tool's name.</param>
/// <param name="Target">The name of the upstream whose output is tested and repaired.</param>
/// <param name="MinAttempts">The fewest attempts a structure may allow.</param>
/// <param name="MaxAttempts">The most attempts a structure may allow.</param>
internal sealed record RepairSpec(string Test, string Target, int MinAttempts, int MaxAttempts);
