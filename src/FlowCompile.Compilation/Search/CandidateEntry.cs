namespace FlowCompile.Compilation;

/// <summary>A candidate that was looked at.</summary>
/// <param name="Candidate">The candidate.</param>
/// <param name="Values">Its estimate.</param>
/// <param name="Work">The mean latencies of its calls, added up.</param>
internal sealed record CandidateEntry(Candidate Candidate, CallValues Values, double Work);
