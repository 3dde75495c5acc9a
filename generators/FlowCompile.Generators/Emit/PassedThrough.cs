using FlowCompile.Generators.Model;

namespace FlowCompile.Generators.Emit;

/// <summary>What stands for the output of a node that does not run, by the rules of structure.</summary>
internal static class PassedThrough
{
    /// <summary>The variable of what stands for a node's output; null where nothing does.</summary>
    public static string? Variable(DispatchNodes nodes, DispatchNode node) =>
        node.Spec.Repair is { } repair ? nodes[repair.Target].OutputVariable
        : node.PassesCandidate ? node.CandidatesVariable + ".Only"
        : !node.CanBeLeftOut || !nodes.IsRequired(node) ? null
        : Parameter(node.Spec) switch
        {
            null => null,
            { Role: ParameterRole.Upstream } upstream => nodes[upstream.Sources[0]].OutputVariable,
            { } input => nodes.PassedInputs[input.Name],
        };

    /// <summary>What stands for a node in candidate lists, and where no list reads it, for its output; null where nothing does.</summary>
    public static string? InLists(DispatchNodes nodes, DispatchNode node) =>
        node.CountsWhereItHandsOn && (node.HasOutputVariable || !node.CanBeLeftOut || !nodes.IsRequired(node))
            ? node.Candidates!.MinBranches > 1 ? $"(run.Runs({node.Number}) ? {node.CandidatesVariable}.Only : null)" : null
            : node.HasOutputVariable && !node.Spec.IsReplicated ? null
            : Variable(nodes, node);

    /// <summary>Whether the compiler can see that a node's output has a task: what stands for it is an input.</summary>
    public static bool IsAlwaysThere(DispatchNodes nodes, DispatchNode node) =>
        Variable(nodes, node) is { } variable && nodes.PassedInputs.Values.Contains(variable);

    /// <summary>The workflow's inputs that some node hands on.</summary>
    public static IEnumerable<string> Inputs(DispatchNodes nodes) => nodes.Order
        .Where(node => node.CanBeLeftOut && !node.PassesCandidate && nodes.IsRequired(node))
        .Select(node => Parameter(node.Spec))
        .OfType<ParameterSpec>()
        .Where(parameter => parameter.Role == ParameterRole.Input)
        .Select(parameter => parameter.Name);

    // The first upstream of the node's own result type, else the workflow's input of that type.
    private static ParameterSpec? Parameter(NodeSpec node) =>
        node.Inputs.FirstOrDefault(parameter => parameter.Role == ParameterRole.Upstream && parameter.Type.Name == node.Result.Name)
        ?? node.Inputs.FirstOrDefault(parameter => parameter.Role == ParameterRole.Input && parameter.Type.Name == node.Result.Name);
}
