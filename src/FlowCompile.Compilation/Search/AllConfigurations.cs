using FlowCompile.Graph;

namespace FlowCompile.Compilation;

/// <summary>Goes through every configuration of a small workflow.</summary>
internal static class AllConfigurations
{
    /// <summary>The configurations of a structure.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="structure">The structure.</param>
    public static IEnumerable<Candidate> Of(ProfileTable profile, WorkflowStructure structure)
    {
        IEnumerable<CallSettings?[]> choices = [new CallSettings?[profile.Graph.Nodes.Count]];
        for (var i = 0; i < profile.Graph.Nodes.Count; i++)
        {
            var node = i;
            if (structure.IsCalled(node) && profile.Graph.Nodes[node].Kind == NodeKind.SubAgent)
            {
                choices = choices.SelectMany(choice => profile.Of(node).Select(row =>
                {
                    CallSettings?[] more = [.. choice];
                    more[node] = row.Setting;
                    return more;
                }));
            }
        }

        return choices.Select(choice => new Candidate(structure, choice));
    }
}
