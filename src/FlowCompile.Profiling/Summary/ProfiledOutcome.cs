namespace FlowCompile.Profiling;

/// <summary>A cell of a profile with its outcome.</summary>
/// <param name="Cell">What was measured.</param>
/// <param name="Outcome">What came of it.</param>
public sealed record ProfiledOutcome(ProfileCell Cell, Outcome Outcome);
