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
            code.AppendLine($"    {NodeDeclaration.Attributes(graph, node)}");
            var parameters = node.Inputs.Select(NodeDeclaration.Parameter);
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
}
