namespace FlowCompile.Plans;

/// <summary>What runs have shown of the estimates of one structure.</summary>
/// <param name="Structure">The structure as text: the nodes that run, with how often.</param>
/// <param name="Runs">How many runs were compared.</param>
/// <param name="Difference">The mean of measured less predicted score, -1 to 1.</param>
/// <param name="Correction">What was added to the accuracies of its configurations: the difference, shrunk towards 0.</param>
public sealed record StructureVerification(string Structure, int Runs, double Difference, double Correction);
