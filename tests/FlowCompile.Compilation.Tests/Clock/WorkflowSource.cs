using System.Text;
using FlowCompile.Graph;
using FlowCompile.Tests.Graph;

namespace FlowCompile.Compilation.Tests.Clock;

/// <summary>
/// The C# code that declares a graph. A sub-agent sends its model its name and what it receives, a repairer without the value that it repairs; a tool asks the function among the services the same;
/// the test of a repair loop sees for itself whether a value is right.
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

    /// <summary>The name of the class of a graph.</summary>
    public static string ClassOf(WorkflowGraph graph) => "Workflow" + graph.Name;

    /// <summary>
    /// The graph to declare: of another name, and with branches for values that are right and values that are not. A test sees the tested value and nothing else, for
    /// what else it might read is no input of a model.
    /// </summary>
    /// <param name="graph">A graph.</param>
    /// <param name="name">The name.</param>
    public static WorkflowGraph Prepare(WorkflowGraph graph, string name) => new(
        name,
        [
            .. graph.Nodes.Select(node => new GraphNode(node.Name, node.Kind, node.ResultType, [.. node.ResultType == "bool" ? node.Inputs.Take(1) : node.Inputs])
            {
                HasSameSettings = node.HasSameSettings,
                IsOptional = node.IsOptional,
                MinReplicas = node.MinReplicas,
                MaxReplicas = node.MaxReplicas,
                Repair = node.Repair,
                Condition = node.Condition is { } condition
                    ? new BranchCondition(condition.Router, [.. condition.Values.SelectMany(value => new[] { value, $"\"{Said.Text(value.Trim('"'), right: false)}\"" })])
                    : null,
            }),
        ],
        graph.Nodes[graph.Output].Name);

    public static string Write(WorkflowGraph graph)
    {
        var name = ClassOf(graph);
        var code = new StringBuilder($$"""
            [Workflow("{{graph.Name}}")]
            public sealed partial class {{name}}
            {
                public required Func<string, string> Tools { get; init; }

                [WorkflowFactory]
                private static {{name}} Create(IServiceProvider services) => new()
                {
                    Models = (ModelCatalog)services.GetService(typeof(ModelCatalog))!,
                    Runtime = (WorkflowRuntime)services.GetService(typeof(WorkflowRuntime))!,
                    Tools = (Func<string, string>)services.GetService(typeof(Func<string, string>))!,
                };

            """);
        foreach (var node in graph.Nodes)
        {
            var parameters = node.Inputs.Select(NodeDeclaration.Parameter);
            var single = string.Concat(node.Inputs
                .Where(input => input.Kind == InputKind.Workflow || (input.Kind == InputKind.Upstream && input.Sources[0] != node.Repair?.Target)).Select(input => $"{{{input.Parameter}}};"));
            var list = node.Candidates is { } candidates ? $"|{{string.Concat({candidates.Parameter}.Select(one => one + \";\"))}}" : "";
            var told = $"$\"{node.Name}|{single}{list}\"";
            code.AppendLine().AppendLine($"    {NodeDeclaration.Attributes(graph, node)}").AppendLine(node.Kind == NodeKind.SubAgent
                ? $"    public async ValueTask<string> {node.Name}({string.Join(", ", [.. parameters, "SubAgentContext agent", "CancellationToken cancellationToken"])}) =>\n"
                    + $"        (await agent.CompleteAsync({told}, cancellationToken)).Text;"
                : node.ResultType == "bool"
                ? $"    public static bool {node.Name}({string.Join(", ", parameters)}) => !{node.Inputs[0].Parameter}.EndsWith('!');"
                : $"    public string {node.Name}({string.Join(", ", parameters)}) => Tools({told});");
        }

        return code.AppendLine("}").ToString();
    }
}
