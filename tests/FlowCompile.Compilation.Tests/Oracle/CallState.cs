namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>What a call receives, as far as a profile tells calls apart.</summary>
/// <param name="Right">Whether its inputs are right; of a repairer always wrong, for only a wrong value is repaired.</param>
/// <param name="RightCandidates">How many candidates are right; 0 without a candidate list.</param>
/// <param name="Candidates">How many there are; 0 without a candidate list.</param>
internal readonly record struct CallState(bool Right, int RightCandidates, int Candidates);
