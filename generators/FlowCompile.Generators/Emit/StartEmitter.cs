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
            foreach (var input in nodes.PassedInputs)
            {
                var value = nodes.InputVariable(input.Key);
                var type = nodes.Workflow.Inputs.First(other => other.Name == input.Key).Type.Code;
                writer.Line($"var {input.Value} = run.Input({nodes.Wrap(type, value)});");
            }

            if (nodes.PassedInputs.Count > 0)
            {
                writer.Line();
            }

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
                var stand = PassedThrough.InLists(nodes, node);
                writer.Line($": run.Started<{node.Type}>({node.Number}){(stand is null ? "" : $" ?? {stand}")};");
            }
        }

        if (node.HasOutputVariable)
        {
            var stand = PassedThrough.Variable(nodes, node);
            writer.Line(node.Spec.IsReplicated
                ? $"var {node.OutputVariable} = {node.Variable}.Length > 0 ? null : {PassedThrough.InLists(nodes, node)};"
                : $"var {node.OutputVariable} = {node.Variable}{(stand is null ? "" : $" ?? {stand}")};");
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
        $"global::FlowCompile.CandidateTasks<{nodes.Wrapped(list.Type.Code)}>";

    private static string Start(DispatchNodes nodes, DispatchNode node) =>
        $"{node.Method}({string.Join(", ", NodeSignature.Of(nodes, node).Arguments)})";

    private static string Comment(NodeSpec node)
    {
        var comment = node.Name;
        comment += node.IsReplicated ? $", {Literals.Range(node.MinReplicas, node.MaxReplicas)} replicas" : "";
        comment += node.Repair is { } repair ? $", {Literals.Range(repair.MinAttempts, repair.MaxAttempts)} attempts until {repair.Test} passes" : "";
        return comment + node.Branch switch
        {
            null => "",
            { IsOtherwise: true } branch => $", when {branch.Router} says anything else",
            { } branch => $", when {branch.Router} says {string.Join(" or ", branch.Values.Select(value => value.Name))}",
        };
    }
}
