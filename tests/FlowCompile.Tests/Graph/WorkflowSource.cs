using System.Text;
using FlowCompile.Graph;

namespace FlowCompile.Tests.Graph;

/// <summary>
/// The code that declares a graph. Its input <c>x</c> says what routers and tests return, as <c>;N1Route=easy;N3Test=pass;</c>, so that every branch can be
/// had.
/// </summary>
internal static class WorkflowSource
{
    public const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using FlowCompile;
        """;

    /// <summary>The name of the class.</summary>
    public const string Type = "RandomWorkflow";

    public static string Write(WorkflowGraph graph)
    {
        var code = new StringBuilder();
        code.AppendLine($"[Workflow(\"{graph.Name}\")]").AppendLine($"public sealed partial class {Type}").AppendLine("{");
        foreach (var node in graph.Nodes)
        {
            code.AppendLine($"    {Attributes(graph, node)}");
            var parameters = node.Inputs.Select(Parameter);
            var values = string.Concat(node.Inputs.Select(input => input.Kind == InputKind.Candidates ? $" ({{string.Join(\", \", {input.Parameter})}})" : $" {{{input.Parameter}}}"));
            code.AppendLine(node.Kind == NodeKind.SubAgent
                ? $"    public async ValueTask<string> {node.Name}({string.Join(", ", [.. parameters, "SubAgentContext agent", "CancellationToken cancellationToken"])}) => (await agent.CompleteAsync($\"[{node.Name}]{values}\", cancellationToken)).Text;"
                : node.ResultType == "bool"
                ? $"    public static bool {node.Name}({string.Join(", ", parameters)}) => x.Contains(\";{node.Name}=pass;\");"
                : IsRouter(graph, node)
                ? $"    public static string {node.Name}({string.Join(", ", parameters)}) => {Routed(node.Name)};"
                : $"    public static string {node.Name}({string.Join(", ", parameters)}) => $\"{node.Name}{values}\";");
        }

        return code.AppendLine("}").ToString();
    }

    private static string Routed(string name) => $"x.Contains(\";{name}=easy;\") ? \"easy\" : x.Contains(\";{name}=hard;\") ? \"hard\" : \"other\"";

    private static bool IsRouter(WorkflowGraph graph, GraphNode node) => graph.Nodes.Any(other => other.Condition?.Router == node.Name);

    private static string Attributes(WorkflowGraph graph, GraphNode node)
    {
        List<string> attributes = [node.Kind == NodeKind.Tool ? "Tool" : node.IsOptional ? "SubAgent(Optional = true)" : "SubAgent"];
        if (node.Repair is { } repair)
        {
            attributes.Add(FormattableString.Invariant($"RetryUntil(nameof({repair.Test}), MinAttempts = {repair.MinAttempts}, MaxAttempts = {repair.MaxAttempts})"));
        }
        else if (node.MinReplicas != 1 || node.MaxReplicas != 1)
        {
            attributes.Add(FormattableString.Invariant($"Replicas({node.MinReplicas}, {node.MaxReplicas})"));
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

    private static string Parameter(GraphInput input) => input.Kind switch
    {
        InputKind.Workflow => $"string {input.Parameter}",
        InputKind.Upstream => $"[From(nameof({input.Sources[0]}))] string {input.Parameter}",
        _ => FormattableString.Invariant(
            $"[FromAny({string.Join(", ", input.Sources.Select(source => $"nameof({source})"))}, MinBranches = {input.MinBranches}{(input.Agree > 0 ? $", Agree = {input.Agree}" : "")})] IReadOnlyList<string> {input.Parameter}"),
    };
}
