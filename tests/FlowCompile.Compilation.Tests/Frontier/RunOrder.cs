using FlowCompile.Graph;

namespace FlowCompile.Compilation.Tests;

/// <summary>
/// What a node of a run waits for, as generated code does: the router first, then the inputs in their order, until it is known that there will be no
/// output. Of a repairer its own inputs, those of its test, the value to repair, and the test.
/// </summary>
internal static class RunOrder
{
    /// <summary>How a node ends, and what it has waited for then.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="structure">The structure.</param>
    /// <param name="node">The node.</param>
    /// <param name="takes">Whether a router, which has an output, takes a branch.</param>
    /// <param name="endOf">How another node ends.</param>
    public static (RunEnd End, List<int> Waited) Of(
        WorkflowGraph graph, WorkflowStructure structure, int node, Func<BranchCondition, bool> takes, Func<int, RunEnd> endOf)
    {
        var space = new StructureSpace(graph);
        var waited = new List<int>();
        var one = graph.Nodes[node];
        var end = RunEnd.Output;
        if (one.Condition is { } condition)
        {
            Wait(Resolve(condition.Router), isRequired: true);
            end = end == RunEnd.Output && !takes(condition) ? RunEnd.Nothing : end;
        }

        var inputs = one.Inputs.Select(input => (Owner: node, Input: input));
        if (one.Repair is { } repair)
        {
            inputs = inputs.Concat(graph.Nodes[graph.IndexOf(repair.Test)].Inputs.Select(input => (graph.IndexOf(repair.Test), input)));
        }

        foreach (var (owner, input) in inputs)
        {
            foreach (var source in space.ResolveSources(structure, owner, input))
            {
                Wait(source, input.Kind != InputKind.Candidates);
            }
        }

        if (one.Repair is { } loop)
        {
            Wait(Resolve(loop.Target), isRequired: true);
            Wait(Resolve(loop.Test), isRequired: true);
        }

        if (end == RunEnd.Output && one.Candidates is { } candidates)
        {
            var count = space.ResolveSources(structure, node, candidates).Where(source => source < 0 || endOf(source) == RunEnd.Output)
                .Sum(source => source >= 0 && graph.Nodes[source].IsReplicated ? structure.Counts[source] : 1);
            end = count == 0 ? RunEnd.Nothing : count > 1 && count < candidates.MinBranches ? RunEnd.Error : RunEnd.Output;
        }

        return (end, waited);

        int Resolve(string name) => space.ResolveOutput(structure, graph.IndexOf(name));

        void Wait(int source, bool isRequired)
        {
            if (source >= 0 && end == RunEnd.Output)
            {
                waited.Add(source);
                var its = endOf(source);
                end = its == RunEnd.Error || isRequired ? its : end;
            }
        }
    }
}
