using FlowCompile.Graph;

namespace FlowCompile.Compilation;

/// <summary>Finds the baselines that a profile does not know, for a setting that belongs to them was not measured to the end.</summary>
internal static class BaselineGaps
{
    /// <summary>Lists them, one of each kind at most.</summary>
    /// <param name="profile">The profile.</param>
    public static IReadOnlyList<UnmeasuredBaseline> Of(ProfileTable profile)
    {
        if (profile.Incomplete.Count == 0)
        {
            return [];
        }

        var agents = Enumerable.Range(0, profile.Graph.Nodes.Count).Where(node => profile.Graph.Nodes[node].Kind == NodeKind.SubAgent).ToList();
        var gaps = agents.ToDictionary(node => node, node => profile.Incomplete.Where(one => one.Node == profile.Graph.Nodes[node].Name).ToList());
        var known = agents.ToDictionary(node => node, node => profile.Of(node).Select(row => row.Setting).Union(gaps[node].Select(one => one.Setting)).ToList());

        // As if all had been measured; what nothing is known of is no part of what anybody would choose.
        List<int[]> structures = [];
        foreach (var structure in new StructureSpace(profile.Graph).Enumerate())
        {
            int[] calls = [.. agents.Where(structure.IsCalled).SelectMany(node => Enumerable.Repeat(node, structure.Counts[node]))];
            if (calls.Length > 0 && calls.All(node => known[node].Count > 0))
            {
                structures.Add(calls);
            }
        }

        if (structures.Count == 0)
        {
            return [];
        }

        int[] largest = [.. structures.MaxBy(calls => calls.Length)!.Distinct()];
        var common = largest.Select(node => known[node]).Aggregate((all, own) => [.. all.Intersect(own)]);
        return
        [
            .. Gap(BaselineKind.BestUniform, largest.SelectMany(node => gaps[node].Where(one => common.Contains(one.Setting) || profile.Of(node).Count == 0))),
            .. Gap(BaselineKind.BestSingle, structures.Where(calls => calls.Length == 1).Select(calls => calls[0]).Distinct().Order().SelectMany(node => gaps[node])),
            .. Gap(BaselineKind.Random, structures.SelectMany(calls => calls).Distinct().Order().SelectMany(node => gaps[node])),
        ];
    }

    private static IEnumerable<UnmeasuredBaseline> Gap(BaselineKind kind, IEnumerable<IncompleteSetting> missing)
    {
        List<IncompleteSetting> all = [.. missing];
        return all.Count == 0 ? [] : [new UnmeasuredBaseline(kind, all)];
    }
}
