using FlowCompile.Graph;

namespace FlowCompile.Tests.Graph;

/// <summary>The attributes and the parameters that declare a node of a graph in C#.</summary>
internal static class NodeDeclaration
{
    /// <summary>The attributes of a node's method: <c>[SubAgent, Replicas(0, 2), Output]</c>.</summary>
    public static string Attributes(WorkflowGraph graph, GraphNode node)
    {
        List<string> attributes = [node.Kind == NodeKind.Tool ? "Tool" : node.IsOptional ? "SubAgent(Optional = true)" : "SubAgent"];
        var same = node.HasSameSettings ? ", Same = true" : "";
        if (node.Repair is { } repair)
        {
            attributes.Add(FormattableString.Invariant($"RetryUntil(nameof({repair.Test}), MinAttempts = {repair.MinAttempts}, MaxAttempts = {repair.MaxAttempts}{same})"));
        }
        else if (node.MinReplicas != 1 || node.MaxReplicas != 1)
        {
            attributes.Add(FormattableString.Invariant($"Replicas({node.MinReplicas}, {node.MaxReplicas}{same})"));
        }

        if (node.Condition is { } condition)
        {
            attributes.Add(condition.IsOtherwise ? $"Otherwise(nameof({condition.Router}))" : $"When(nameof({condition.Router}), {string.Join(", ", condition.Values)})");
        }

        if (graph.Nodes[graph.Output] == node)
        {
            attributes.Add("Output");
        }

        return $"[{string.Join(", ", attributes)}]";
    }

    /// <summary>The parameter of an input, with the attribute that says where its value comes from.</summary>
    public static string Parameter(GraphInput input) => input.Kind switch
    {
        InputKind.Workflow => $"{input.Type} {input.Parameter}",
        InputKind.Upstream => $"[From(nameof({input.Sources[0]}))] {input.Type} {input.Parameter}",
        _ => FormattableString.Invariant(
            $"[FromAny({string.Join(", ", input.Sources.Select(source => $"nameof({source})"))}, MinBranches = {input.MinBranches}{(input.Agree > 0 ? $", Agree = {input.Agree}" : "")})] IReadOnlyList<string> {input.Parameter}"),
    };
}
