using FlowCompile.Generators.Model;
using FlowCompile.Graph;

namespace FlowCompile.Generators.Plans;

/// <summary>Builds the graph of a workflow: the same that its generated code builds at run time, with the same hash.</summary>
internal static class GraphBuilder
{
    /// <exception cref="GraphException">The graph is not valid; the parser has found out before.</exception>
    public static WorkflowGraph Build(WorkflowSpec workflow) => new(workflow.Name, [.. workflow.Nodes.Select(Node)], workflow.Output)
    {
        Models = [.. workflow.Models],
        Budgets = [.. workflow.Budgets],
    };

    private static GraphNode Node(NodeSpec node) => new(node.Name, node.Kind, node.Result.Name, [.. node.Inputs.Select(Input)])
    {
        IsOptional = node.IsOptional,
        Models = [.. node.Models],
        Budgets = [.. node.Budgets],
        MinReplicas = node.MinReplicas,
        MaxReplicas = node.MaxReplicas,
        HasSameSettings = node.HasSameSettings,
        Repair = node.Repair is { } repair ? new RepairLoop(repair.Test, repair.Target, repair.MinAttempts, repair.MaxAttempts) : null,
        Condition = node.Branch is { } branch
            ? new BranchCondition(branch.Router, branch.IsOtherwise ? [] : [.. branch.Values.Select(value => value.Name)])
            : null,
    };

    private static GraphInput Input(ParameterSpec parameter) => parameter.Role switch
    {
        ParameterRole.Upstream => GraphInput.FromUpstream(parameter.Name, parameter.Type.Name, parameter.Sources[0]),
        ParameterRole.Candidates => GraphInput.FromCandidates(parameter.Name, parameter.Type.Name, [.. parameter.Sources], parameter.MinBranches, parameter.Agreement?.Count ?? 0, parameter.Agreement?.Equality ?? ""),
        _ => GraphInput.FromWorkflow(parameter.Name, parameter.Type.Name),
    };
}
