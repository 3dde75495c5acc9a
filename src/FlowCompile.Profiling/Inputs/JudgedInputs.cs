namespace FlowCompile.Profiling;

/// <summary>What is right in the inputs of a sub-agent.</summary>
/// <param name="AllRight">As <see cref="ProfileCell.InputsRight"/>.</param>
/// <param name="RightCandidates">How many candidates are right.</param>
/// <param name="Candidates">How many there are.</param>
internal readonly record struct JudgedInputs(bool AllRight, int RightCandidates, int Candidates);
