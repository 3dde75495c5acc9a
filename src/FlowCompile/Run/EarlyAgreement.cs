namespace FlowCompile;

/// <summary>A candidate list that ended before all candidates were there, because enough of them agreed (<see cref="FromAnyAttribute.Agree"/>).</summary>
/// <param name="Node">The name of the node that has the list.</param>
/// <param name="Candidates">How many candidates were there.</param>
/// <param name="Stopped">The names of the nodes whose calls were canceled.</param>
public sealed record EarlyAgreement(string Node, int Candidates, IReadOnlyList<string> Stopped);
