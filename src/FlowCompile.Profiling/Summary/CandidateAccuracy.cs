namespace FlowCompile.Profiling;

/// <summary>What a selector does with lists of one kind.</summary>
/// <param name="Candidates">How many candidates they have.</param>
/// <param name="RightCandidates">How many of those are right.</param>
/// <param name="Accuracy">The mean score.</param>
public readonly record struct CandidateAccuracy(int Candidates, int RightCandidates, Mean Accuracy);
