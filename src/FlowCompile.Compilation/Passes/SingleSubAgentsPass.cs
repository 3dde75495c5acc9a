using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>
/// Adds each sub-agent that can run alone, with one call, as a candidate of the plan, where no other such one dominates it. They were chosen among few, so what
/// dominates one on the recorded cases may do so by having been chosen among many.
/// </summary>
internal sealed class SingleSubAgentsPass : ICompilePass
{
    public string Name => "single sub-agents";

    public void Run(CompileState state)
    {
        if (state.Paired is not { } proxy || !state.Options.Objectives.HasFlag(Objectives.Accuracy))
        {
            return;
        }

        var archive = new CandidateArchive(state.Options.Objectives);
        var looked = new List<CandidateEntry>();
        foreach (var structure in state.Decomposed.Select(one => one.Structure).Where(structure => Calls(state.Graph, structure) == 1))
        {
            foreach (var candidate in WidenPass.Uniform(state.Allowed, structure))
            {
                looked.Add(new CandidateEntry(candidate, proxy.Evaluate(structure, candidate.Settings), 0));
                archive.Offer(looked[^1]);
            }
        }

        var front = state.Configurations.Select(one => new Candidate(one.Structure, [.. one.Settings]).Key()).ToHashSet(StringComparer.Ordinal);
        state.LookedAlone = looked;
        state.Singles = [.. archive.Entries.Select(entry => Estimated(entry.Candidate, proxy))];
        state.Record(this, "", FormattableString.Invariant(
            $"{archive.Entries.Count} configurations of one sub-agent with one call that no other such one dominates, {archive.Entries.Count(entry => !front.Contains(entry.Candidate.Key()))} of them besides the frontier"));
    }

    /// <summary>How many calls of sub-agents a structure has.</summary>
    public static int Calls(WorkflowGraph graph, WorkflowStructure structure) =>
        graph.Nodes.Select((node, i) => node.Kind == NodeKind.SubAgent && structure.IsCalled(i) ? structure.Counts[i] : 0).Sum();

    private static WorkflowConfiguration Estimated(Candidate candidate, PairedProxy proxy)
    {
        var bare = new WorkflowConfiguration("c", candidate.Structure, candidate.Settings);
        return new WorkflowConfiguration(bare.Id, bare.Structure, bare.Settings, proxy.Estimate(bare));
    }
}
