namespace FlowCompile.Profiling.Testing;

/// <summary>One end-to-end run of a configuration on one case.</summary>
/// <param name="CaseId">The case's id.</param>
/// <param name="Score">The score of the workflow's output, 0 to 1; <see langword="null"/> for a run that failed.</param>
/// <param name="Latency">The time from start to end.</param>
/// <param name="Calls">The model calls it made; none for a run that failed.</param>
/// <param name="Error">Why it failed, in one line; <see langword="null"/> where it did not.</param>
public sealed record HeldOutRun(string CaseId, double? Score, TimeSpan Latency, IReadOnlyList<CallRecord> Calls, string? Error);
