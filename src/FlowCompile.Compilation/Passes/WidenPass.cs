using FlowCompile.Graph;

namespace FlowCompile.Compilation;

/// <summary>
/// Brings back, for the paired proxy, what the independent one would leave out: the front of every structure, those too that other
/// structures dominate, and one setting throughout. What the two proxies disagree on is decided by the recorded outcomes.
/// </summary>
internal sealed class WidenPass : ICompilePass
{
    private const int MaxPerStructure = 64;

    public string Name => "widen";

    public void Run(CompileState state)
    {
        if (state.Paired is not { } proxy)
        {
            return;
        }

        state.Search = new PairedSearch(state.Allowed, [.. state.Decomposed.Select(one => one.Structure)], proxy, state.Options.Objectives, state.CallOptions) { Looked = state.Looked.Add };
        var candidates = state.Points.Select(point => new Candidate(point.Structure.Decomposed.Structure, point.Structure.SettingsOf(point.Point))).ToList();
        var before = candidates.Count;
        foreach (var solved in state.Solved)
        {
            var structure = solved.Decomposed.Structure;
            candidates.AddRange(Spread(solved.Front.Count).Select(point => new Candidate(structure, solved.SettingsOf(point))));
            candidates.AddRange(Uniform(state.Allowed, structure));
        }

        state.Candidates = [.. candidates.DistinctBy(candidate => candidate.Key())];
        state.Record(this, "", FormattableString.Invariant(
            $"{before} configurations on the independent frontier, {state.Candidates.Count} with the fronts of all structures and one setting throughout"));
    }

    /// <summary>One setting for all sub-agents, for every setting that all may run under.</summary>
    public static IEnumerable<Candidate> Uniform(ProfileTable profile, WorkflowStructure structure)
    {
        int[] active = [.. Enumerable.Range(0, profile.Graph.Nodes.Count).Where(node => structure.IsCalled(node) && profile.Graph.Nodes[node].Kind == NodeKind.SubAgent)];
        var common = active.Select(node => profile.Of(node).Select(row => row.Setting)).Aggregate((all, own) => all.Intersect(own));
        return common.Select(setting => new Candidate(structure, [.. Enumerable.Range(0, profile.Graph.Nodes.Count).Select(node => active.Contains(node) ? setting : (CallSettings?)null)]));
    }

    // The points of a front are in order of latency: evenly spread ones stand for the rest, which the search finds again where it matters.
    private static IEnumerable<int> Spread(int count) => count <= MaxPerStructure
        ? Enumerable.Range(0, count)
        : Enumerable.Range(0, MaxPerStructure).Select(i => (int)((long)i * (count - 1) / (MaxPerStructure - 1)));
}
