namespace FlowCompile.Generators.Model;

/// <summary>A parameter of a node.</summary>
/// <param name="Name">Its name, not escaped.</param>
/// <param name="Role">What it receives.</param>
/// <param name="Type">The type of one value; for a candidate list, of one candidate.</param>
/// <param name="Sources">The upstreams' names: none, one, or the candidates in order.</param>
/// <param name="MinBranches">The fewest candidates the node runs with; 1 for every other role.</param>
/// <param name="Agreement">When a candidate list ends early; null where it waits for all.</param>
internal sealed record ParameterSpec(
    string Name, ParameterRole Role, TypeSpec Type, EquatableArray<string> Sources, int MinBranches, AgreementSpec? Agreement)
{
    /// <summary>Whether it is one of the graph's inputs of the node.</summary>
    public bool IsGraphInput => Role is ParameterRole.Input or ParameterRole.Upstream or ParameterRole.Candidates;
}
