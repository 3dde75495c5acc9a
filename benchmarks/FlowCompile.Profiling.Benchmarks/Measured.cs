namespace FlowCompile.Profiling.Benchmarks;

/// <summary>A profile that was measured, and what it took: every call that was made, whether its setting stayed or not.</summary>
/// <param name="Summary">The profile.</param>
/// <param name="Calls">The outcomes' tokens, as many as a call for each budget decodes.</param>
/// <param name="Decoded">The tokens decoded.</param>
internal sealed record Measured(ProfileSummary Summary, long Calls, long Decoded);
