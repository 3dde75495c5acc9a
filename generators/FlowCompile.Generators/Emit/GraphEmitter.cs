using FlowCompile.Generators.Model;
using FlowCompile.Graph;

namespace FlowCompile.Generators.Emit;

/// <summary>Emits <c>Graph</c>, and the picture of it.</summary>
internal static class GraphEmitter
{
    public static string Emit(WorkflowSpec workflow) =>
        GeneratedPart.Write(workflow.Type, writer => WriteGraph(writer, workflow), writer => MermaidEmitter.Write(writer, workflow));

    private static void WriteGraph(SourceWriter writer, WorkflowSpec workflow)
    {
        var settings = Lists(workflow.Models, workflow.Budgets).ToList();
        var agents = workflow.Nodes.Count(node => node.Kind == NodeKind.SubAgent);
        var (nodes, which) = (workflow.Nodes.Count == 1 ? "1 node" : $"{Literals.Number(workflow.Nodes.Count)} nodes", agents == 1 ? "1 is a sub-agent" : $"{Literals.Number(agents)} are sub-agents");
        writer.Line($"/// <summary>The workflow's graph: {nodes}, of which {which}.</summary>");
        writer.Line(Names.GeneratedCode);
        writer.Line($"public static {Names.Graph}WorkflowGraph Graph {{ get; }} = new {Names.Graph}WorkflowGraph(");
        using (writer.Indent())
        {
            writer.Line(Literals.Text(workflow.Name) + ",");
            using (writer.Block($"new {Names.Graph}GraphNode[]", ","))
            {
                foreach (var node in workflow.Nodes)
                {
                    WriteNode(writer, node);
                }
            }

            writer.Line(Literals.Text(workflow.Output) + (settings.Count == 0 ? ");" : ")"));
        }

        if (settings.Count > 0)
        {
            writer.Line("{");
            using (writer.Indent())
            {
                writer.Lines(settings, ",", ",");
            }

            writer.Line("};");
        }
    }

    private static void WriteNode(SourceWriter writer, NodeSpec node)
    {
        var settings = Settings(node).ToList();
        writer.Line($"new {Names.Graph}GraphNode(");
        using (writer.Indent())
        {
            writer.Line(Literals.Text(node.Name) + ",");
            writer.Line($"{Names.Graph}NodeKind.{node.Kind},");
            writer.Line(Literals.Text(node.Result.Name) + ",");
            using (writer.Block($"new {Names.Graph}GraphInput[]", settings.Count == 0 ? ")," : ")"))
            {
                foreach (var input in node.Inputs)
                {
                    writer.Line($"{Names.Graph}GraphInput.{Input(input)},");
                }
            }
        }

        if (settings.Count > 0)
        {
            writer.Line("{");
            using (writer.Indent())
            {
                writer.Lines(settings, ",", ",");
            }

            writer.Line("},");
        }
    }

    private static string Input(ParameterSpec parameter)
    {
        var (name, type) = (Literals.Text(parameter.Name), Literals.Text(parameter.Type.Name));
        return parameter.Role switch
        {
            ParameterRole.Upstream => $"FromUpstream({name}, {type}, {Literals.Text(parameter.Sources[0])})",
            ParameterRole.Candidates =>
                $"FromCandidates({name}, {type}, {Literals.Array("string", parameter.Sources.Select(Literals.Text))}, {Literals.Number(parameter.MinBranches)}{Agreement(parameter)})",
            _ => $"FromWorkflow({name}, {type})",
        };
    }

    private static string Agreement(ParameterSpec parameter) => parameter.Agreement is { } agreement
        ? $", {Literals.Number(agreement.Count)}{(agreement.Equality.Length == 0 ? "" : $", {Literals.Text(agreement.Equality)}")}"
        : "";

    private static IEnumerable<string> Lists(EquatableArray<string> models, EquatableArray<int> budgets)
    {
        if (models.Count > 0)
        {
            yield return $"Models = {Literals.Array("string", models.Select(Literals.Text))}";
        }

        if (budgets.Count > 0)
        {
            yield return $"Budgets = {Literals.Array("int", budgets.Select(Literals.Number))}";
        }
    }

    private static IEnumerable<string> Settings(NodeSpec node)
    {
        if (node.IsOptional)
        {
            yield return "IsOptional = true";
        }

        if (node.MinReplicas != 1 || node.MaxReplicas != 1)
        {
            yield return $"MinReplicas = {Literals.Number(node.MinReplicas)}";
            yield return $"MaxReplicas = {Literals.Number(node.MaxReplicas)}";
        }

        if (node.HasSameSettings)
        {
            yield return "HasSameSettings = true";
        }

        if (node.Repair is { } repair)
        {
            yield return $"Repair = new {Names.Graph}RepairLoop({Literals.Text(repair.Test)}, {Literals.Text(repair.Target)}, "
                + $"{Literals.Number(repair.MinAttempts)}, {Literals.Number(repair.MaxAttempts)})";
        }

        if (node.Branch is { } branch)
        {
            var values = branch.IsOtherwise ? [] : branch.Values.Select(value => Literals.Text(value.Name));
            yield return $"Condition = new {Names.Graph}BranchCondition({Literals.Text(branch.Router)}, {Literals.Array("string", values)})";
        }

        foreach (var list in Lists(node.Models, node.Budgets))
        {
            yield return list;
        }

        if (node.Temperature is { } temperature)
        {
            yield return $"Temperature = {Literals.Number(temperature)}";
        }
    }
}
