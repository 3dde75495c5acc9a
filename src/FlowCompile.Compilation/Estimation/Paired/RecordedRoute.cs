namespace FlowCompile.Compilation;

/// <summary>What a tool that routes returned once.</summary>
/// <param name="Case">The case, by its place.</param>
/// <param name="State">What was right in its inputs.</param>
/// <param name="Output">Its output as JSON.</param>
/// <param name="IsComposed">Whether its inputs were put together; no run of the workflow went that way.</param>
internal readonly record struct RecordedRoute(int Case, InputState State, string Output, bool IsComposed = false);
