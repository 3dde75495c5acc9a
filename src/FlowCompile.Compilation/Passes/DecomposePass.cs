using System.Globalization;
using FlowCompile.Graph;

namespace FlowCompile.Compilation;

/// <summary>
/// Takes every structure apart into parts in a row, side by side, as branches and as repairs:
/// <c>a -> b, c, any(b, c) -> d</c> => <c>(a then b) or c, then d</c>.
/// </summary>
internal sealed class DecomposePass : ICompilePass
{
    private const double MaxChoices = 1 << 20;

    public string Name => "decompose";

    public void Run(CompileState state)
    {
        var space = new StructureSpace(state.Graph);
        if (space.Size > MaxChoices)
        {
            throw new CompileException(string.Create(
                CultureInfo.InvariantCulture,
                $"Workflow '{state.Graph.Name}' has {space.Size:0} structure choices, more than {MaxChoices:0}; make fewer nodes optional, replicated or repairing."));
        }

        var decomposed = new List<DecomposedStructure>();
        foreach (var structure in space.Enumerate().OrderBy(structure => structure.Counts.Sum()).ThenBy(structure => Key(state.Graph, structure), StringComparer.Ordinal))
        {
            var active = Enumerable.Range(0, state.Graph.Nodes.Count)
                .Where(node => structure.IsCalled(node) && state.Graph.Nodes[node].Kind == NodeKind.SubAgent).ToList();
            if (Forbidden(state, structure) is { } forbidden)
            {
                state.Record(this, structure.ToText(state.Graph), forbidden);
                continue;
            }

            if (active.FindIndex(node => state.Rows[node].Length == 0) is >= 0 and var missing)
            {
                state.Record(this, structure.ToText(state.Graph), $"left out: '{state.Graph.Nodes[active[missing]].Name}' was not measured");
                continue;
            }

            // Without a call there is nothing to choose, and nothing was measured that would say how right that is.
            if (active.Count == 0)
            {
                continue;
            }

            state.CancellationToken.ThrowIfCancellationRequested();
            decomposed.Add(state.Solver.Decompose(structure, CircuitBuilder.Build(state.Graph, structure, state.Branches)));
            state.Space += active.Aggregate(1.0, (product, node) => product * state.CallOptions.CountOf(node, structure.Counts[node]));
        }

        state.Decomposed = decomposed.Count > 0 ? decomposed : throw new CompileException(Nothing(state));
        var entangled = decomposed.Count(one => one.Term is null);
        state.Record(this, "", string.Create(CultureInfo.InvariantCulture, $"{decomposed.Count} structures, {entangled} of them entangled"));
        RecordCalls(state);
    }

    // Which calls may differ, for each sub-agent and number of calls.
    private void RecordCalls(CompileState state)
    {
        foreach (var (node, calls) in state.Decomposed.SelectMany(one => Enumerable.Range(0, state.Graph.Nodes.Count)
            .Where(one.Structure.IsCalled).Select(node => (node, one.Structure.Counts[node]))).Distinct().OrderBy(pair => pair))
        {
            var (name, options) = (state.Graph.Nodes[node].Name, state.CallOptions);
            if (options.MayDiffer(node, calls))
            {
                state.Record(this, name, string.Create(CultureInfo.InvariantCulture, $"its {calls} calls may have different settings, in {options.CountEach(node, calls):N0} ways"));
            }
            else if (options.HasTooMany(node, calls))
            {
                state.Record(this, name, string.Create(
                    CultureInfo.InvariantCulture,
                    $"its {calls} calls have one setting: different ones could be chosen in {options.CountEach(node, calls):N0} ways, and more than {CallOptions.MaxOptions:N0} are not searched"));
            }
        }
    }

    private static string? Forbidden(CompileState state, WorkflowStructure structure)
    {
        foreach (var (name, limits) in state.Options.Space.SubAgents)
        {
            var node = state.Graph.IndexOf(name);
            var count = structure.HandsOn(node) ? 0 : structure.Counts[node];
            if (count < limits.MinCount || count > limits.MaxCount)
            {
                return string.Create(CultureInfo.InvariantCulture, $"left out: the search space does not let '{name}' run {count} times");
            }
        }

        return null;
    }

    // The declaration's order has no part in it.
    private static string Key(WorkflowGraph graph, WorkflowStructure structure) => string.Join(' ', graph.Nodes
        .Select((node, i) => (node.Name, Count: structure.Counts[i])).Where(pair => pair.Count > 0)
        .OrderBy(pair => pair.Name, StringComparer.Ordinal).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Name}*{pair.Count}")));

    private static string Nothing(CompileState state)
    {
        var space = new StructureSpace(state.Graph);
        var missing = state.Graph.Nodes.Where((node, i) => node.Kind == NodeKind.SubAgent && state.Rows[i].Length == 0 && space.MayBeCalled(i)).Select(node => node.Name).ToList();
        return state.Options.Space.SubAgents.Count > 0
            ? $"The search space leaves no structure of workflow '{state.Graph.Name}'; let sub-agents run more or less often."
            : missing.Count > 0
            ? $"Workflow '{state.Graph.Name}' has no structure whose sub-agents were all measured; not measured: {string.Join(", ", missing)}. Run 'flowcompile profile'."
            : $"Workflow '{state.Graph.Name}' has no structure in which a sub-agent runs; give it one.";
    }
}
