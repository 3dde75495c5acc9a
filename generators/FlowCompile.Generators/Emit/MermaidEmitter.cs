using FlowCompile.Generators.Model;
using FlowCompile.Graph;

namespace FlowCompile.Generators.Emit;

/// <summary>Draws the graph into the documentation of the class, as Mermaid reads it.</summary>
internal static class MermaidEmitter
{
    public static void Write(SourceWriter writer, WorkflowSpec workflow)
    {
        writer.Line("/// <remarks>").Line("/// <code>").Line("/// flowchart LR");
        var inputs = string.Join(", ", workflow.Inputs.Select(input => input.Name));
        if (inputs.Length > 0)
        {
            Draw(writer, $"input([{inputs}])");
        }

        foreach (var node in workflow.Nodes)
        {
            Draw(writer, node.Kind == NodeKind.Tool ? $"{node.Name}[[{Label(node)}]]" : $"{node.Name}[{Label(node)}]");
        }

        Draw(writer, $"output([{DocText.Escape(workflow.OutputNode.Result.Name)}])");
        foreach (var node in workflow.Nodes)
        {
            DrawEdges(writer, node);
        }

        Draw(writer, $"{workflow.Output} --> output");
        writer.Line("/// </code>").Line("/// </remarks>");
    }

    private static void DrawEdges(SourceWriter writer, NodeSpec node)
    {
        var reads = node.Inputs.SelectMany(parameter => parameter.Role switch
        {
            ParameterRole.Input => [$"input --> {node.Name}"],
            ParameterRole.Candidates => parameter.Sources.Select(source => $"{source} -.-> {node.Name}"),
            _ => parameter.Sources.Select(source => $"{source} --> {node.Name}"),
        });
        foreach (var edge in reads.Distinct())
        {
            Draw(writer, edge);
        }

        if (node.Branch is { } branch)
        {
            var values = branch.IsOtherwise ? "otherwise" : string.Join(", ", branch.Values.Select(value => value.Name.Replace("\"", "")));
            Draw(writer, $"{branch.Router} -- {DocText.Escape(values)} --> {node.Name}");
        }

        if (node.Repair is { } repair)
        {
            Draw(writer, $"{node.Name} -- test again --> {repair.Test}");
        }
    }

    private static string Label(NodeSpec node)
    {
        var label = node.Name;
        label += node.IsOptional ? ", optional" : "";
        label += node.MinReplicas != 1 || node.MaxReplicas != 1 ? $", {Literals.Range(node.MinReplicas, node.MaxReplicas)} replicas" : "";
        label += node.Repair is { } repair ? $", {Literals.Range(repair.MinAttempts, repair.MaxAttempts)} attempts" : "";
        var list = node.Inputs.FirstOrDefault(parameter => parameter.Role == ParameterRole.Candidates);
        return label + (list is { MinBranches: > 1 } ? $", {Literals.Number(list.MinBranches)} candidates or more" : "");
    }

    private static void Draw(SourceWriter writer, string line) => writer.Line("///     " + line);
}
