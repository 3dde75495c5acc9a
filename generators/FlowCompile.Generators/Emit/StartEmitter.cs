using FlowCompile.Generators.Model;

namespace FlowCompile.Generators.Emit;

/// <summary>Emits <c>Start</c>: which node is started with the tasks of which others.</summary>
internal static class StartEmitter
{
    public static void Write(SourceWriter writer, DispatchNodes nodes)
    {
        var output = nodes[nodes.Workflow.Output];
        writer.Line($"private static {Names.Task}<{output.Type}>? Start(");
        using (writer.Indent())
        {
            writer.Lines([$"{nodes.Workflow.Type.Self.Name} workflow", $"{Names.Run} run", .. nodes.InputParameters], ",", ")");
        }

        using (writer.Body())
        {
            foreach (var node in nodes.Order)
            {
                WriteNode(writer, nodes, node);
            }

            writer.Line($"return {output.OutputVariable};");
        }
    }

    private static void WriteNode(SourceWriter writer, DispatchNodes nodes, DispatchNode node)
    {
        writer.Line($"// {node.Number}: {Comment(node.Spec)}");
        if (node.Candidates is { } list)
        {
            WriteCandidates(writer, nodes, node, list);
        }

        if (node.Spec.IsReplicated)
        {
            WriteReplicas(writer, nodes, node);
        }
        else
        {
            writer.Line($"var {node.Variable} = run.Starts({node.Number})");
            using (writer.Indent())
            {
                writer.Line($"? run.Add({node.Number}, {Start(nodes, node)})");
                var stand = node.HasOutputVariable || node.CanBeLeftOut ? null : StandIn(nodes, node);
                writer.Line($": run.Started<{node.Type}>({node.Number}){(stand is null ? "" : $" ?? {stand}")};");
            }
        }

        if (node.HasOutputVariable)
        {
            var stand = StandIn(nodes, node) ?? "null";
            writer.Line(node.Spec.IsReplicated
                ? $"var {node.OutputVariable} = {node.Variable}.Length > 0 ? null : {stand};"
                : $"var {node.OutputVariable} = {node.Variable}{(stand == "null" ? "" : $" ?? {stand}")};");
        }

        writer.Line();
    }

    private static void WriteReplicas(SourceWriter writer, DispatchNodes nodes, DispatchNode node)
    {
        writer.Line($"var {node.Variable} = run.Replicas<{node.Type}>({node.Number});");
        using (writer.Block($"for (var replica = 0; replica < {node.Variable}.Length; replica++)"))
        {
            writer.Line($"{node.Variable}[replica] ??= run.AddReplica({Start(nodes, node)});");
        }
    }

    private static void WriteCandidates(SourceWriter writer, DispatchNodes nodes, DispatchNode node, ParameterSpec list)
    {
        var sources = list.Sources.Select(source => nodes[source]).ToList();
        var capacity = sources.Sum(source => Math.Max(source.Spec.MaxReplicas, 1));
        writer.Line($"var {node.CandidatesVariable} = new {CandidatesType(nodes, list)}({Literals.Number(capacity)});");
        foreach (var source in sources)
        {
            writer.Line($"{node.CandidatesVariable}.Add({source.Variable});");
            if (source.Spec.IsReplicated && source.HasOutputVariable)
            {
                writer.Line($"{node.CandidatesVariable}.Add({source.OutputVariable});");
            }
        }
    }

    /// <summary>The type that gathers a candidate list.</summary>
    public static string CandidatesType(DispatchNodes nodes, ParameterSpec list) =>
        $"global::FlowCompile.{(nodes.HasBranches(list) ? "BranchCandidateTasks" : "CandidateTasks")}<{list.Type.Code}>";

    private static string Start(DispatchNodes nodes, DispatchNode node) =>
        $"{node.Method}({string.Join(", ", NodeSignature.Of(nodes, node).Arguments)})";

    /// <summary>What stands for the node's output where it does not run; null where nothing does.</summary>
    private static string? StandIn(DispatchNodes nodes, DispatchNode node)
    {
        if (node.Spec.Repair is { } repair)
        {
            return Converted(node, nodes[repair.Target]);
        }

        if (node.PassesCandidate)
        {
            return node.Spec.Branch is null ? $"{node.CandidatesVariable}.Only" : $"global::FlowCompile.NodeOutput.Of({node.CandidatesVariable}.Only)";
        }

        if (!node.CanBeLeftOut)
        {
            return null;
        }

        // As the rules of structure have it: the first upstream of its own result type, else the workflow's input of that type.
        var passed = node.Spec.Inputs.FirstOrDefault(parameter => parameter.Role == ParameterRole.Upstream && parameter.Type.Name == node.Spec.Result.Name)
            ?? node.Spec.Inputs.FirstOrDefault(parameter => parameter.Role == ParameterRole.Input && parameter.Type.Name == node.Spec.Result.Name);
        return passed switch
        {
            null => null,
            { Role: ParameterRole.Upstream } => Converted(node, nodes[passed.Sources[0]]),
            _ when node.Spec.Branch is null => $"{Names.Task}.FromResult<{node.Spec.Result.Code}>({nodes.InputVariable(passed.Name)})",
            _ => $"global::FlowCompile.NodeOutput.Of({Names.Task}.FromResult<{node.Spec.Result.Code}>({nodes.InputVariable(passed.Name)}))",
        };
    }

    private static string Converted(DispatchNode node, DispatchNode source) =>
        node.Spec.Branch is not null && source.Spec.Branch is null
            ? $"global::FlowCompile.NodeOutput.Of({source.OutputVariable})"
            : source.OutputVariable;

    private static string Comment(NodeSpec node)
    {
        var range = node.MinReplicas == node.MaxReplicas
            ? Literals.Number(node.MaxReplicas)
            : $"{Literals.Number(node.MinReplicas)} to {Literals.Number(node.MaxReplicas)}";
        var comment = node.IsReplicated ? $"{node.Name}, {range} replicas" : node.Name;
        comment += node.Repair is { } repair ? $", until {repair.Test} passes" : "";
        return comment + (node.Branch is { } branch ? $", in a branch of {branch.Router}" : "");
    }
}
