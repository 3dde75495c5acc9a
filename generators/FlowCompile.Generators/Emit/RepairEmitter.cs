using FlowCompile.Generators.Model;

namespace FlowCompile.Generators.Emit;

/// <summary>Emits a bounded repair loop: <c>test, repair, test again</c>, while the test fails and attempts are left.</summary>
internal static class RepairEmitter
{
    public static void Write(SourceWriter writer, DispatchNodes nodes, DispatchNode node)
    {
        var repair = node.Spec.Repair!;
        var test = nodes[repair.Test];
        var signature = NodeSignature.Of(nodes, node);
        var once = nodes.Methods.Take(node.Spec.Name + "OnceAsync", "Call");
        var again = nodes.Methods.Take(test.Spec.Name + "AgainAsync", "Call");

        NodeEmitter.WriteHeader(writer, node.Method, node.Type, signature.Parameters);
        using (writer.Body())
        {
            NodeEmitter.WriteAwaits(writer, nodes, node, signature);
            var (value, verdict) = (signature.ValueOf(repair.Target), signature.ValueOf(repair.Test));
            writer.Line($"var attempts = run.Count({node.Number});");
            using (writer.Block($"for (var attempt = 0; attempt < attempts && !global::FlowCompile.NodeCall.Passed({verdict}); attempt++)"))
            {
                writer.Line($"{value} = await {once}({string.Join(", ", Arguments(node, "attempt", signature))}){Names.Await};");
                using (writer.Block("if (attempt + 1 < attempts)"))
                {
                    writer.Line($"{verdict} = await {again}({string.Join(", ", Arguments(test, "attempt + 1", signature))}){Names.Await};");
                }
            }

            writer.Line();
            writer.Line($"return {nodes.Wrap(node.Spec.Result.Code, value)};");
        }

        WriteOnce(writer, nodes, node, once);
        WriteOnce(writer, nodes, test, again);
    }

    private static List<string> Arguments(DispatchNode node, string attempt, NodeSignature signature)
    {
        List<string> arguments = node.Spec.IsStatic ? ["run", attempt] : ["workflow", "run", attempt];
        arguments.AddRange(node.Spec.Inputs.Select(signature.ValueOf));
        return arguments;
    }

    /// <summary>One call with values at hand.</summary>
    private static void WriteOnce(SourceWriter writer, DispatchNodes nodes, DispatchNode node, string method)
    {
        var scope = new NameScope("workflow", "run", "attempt", "call", "output", "exception");
        var inputs = node.Spec.Inputs.ToList();
        var names = inputs.Select(input => scope.Take(input.Name, "Value")).ToList();
        List<string> parameters = node.Spec.IsStatic ? [] : [$"{nodes.Workflow.Type.Self.Name} workflow"];
        parameters.AddRange([$"{Names.Run} run", "int attempt"]);
        parameters.AddRange(inputs.Select((input, i) =>
            $"{(input.Role == ParameterRole.Candidates ? $"{Names.ReadOnlyList}<{input.Type.Code}>" : input.Type.Code)} {names[i]}"));

        writer.Line();
        NodeEmitter.WriteHeader(writer, method, node.Spec.Result.Code, parameters);
        using (writer.Body())
        {
            writer.Line($"var call = run.Begin({node.Number}, 0, attempt);");
            NodeEmitter.WriteCall(writer, nodes, node, parameter => names[inputs.IndexOf(parameter)], output => output);
        }
    }
}
