using FlowCompile.Graph;

namespace FlowCompile.Compilation;

/// <summary>Goes through every configuration of a small workflow.</summary>
internal static class AllConfigurations
{
    /// <summary>The configurations of a structure.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="structure">The structure.</param>
    /// <param name="options">What calls may run under; <see langword="null"/>: all calls of a node under one setting.</param>
    public static IEnumerable<Candidate> Of(ProfileTable profile, WorkflowStructure structure, CallOptions? options = null)
    {
        options ??= new CallOptions(profile, mayDiffer: false);
        IEnumerable<CallSettings?[]> choices = [new CallSettings?[profile.Graph.Nodes.Count]];
        for (var i = 0; i < profile.Graph.Nodes.Count; i++)
        {
            var node = i;
            if (structure.IsCalled(node) && profile.Graph.Nodes[node].Kind == NodeKind.SubAgent)
            {
                choices = choices.SelectMany(choice => options.Of(node, structure.Counts[node]).Select(settings =>
                {
                    CallSettings?[] more = [.. choice];
                    more[node] = settings;
                    return more;
                }));
            }
        }

        return choices.Select(choice => new Candidate(structure, choice));
    }
}
