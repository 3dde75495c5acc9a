using FlowCompile.Generators.Model;
using FlowCompile.Graph;

namespace FlowCompile.Generators.Emit;

/// <summary>Emits the method that awaits a node's inputs and calls it.</summary>
internal static class NodeEmitter
{
    public static void Write(SourceWriter writer, DispatchNodes nodes, DispatchNode node)
    {
        if (node.Spec.Repair is not null)
        {
            RepairEmitter.Write(writer, nodes, node);
            return;
        }

        var signature = NodeSignature.Of(nodes, node);
        WriteHeader(writer, node.Method, node.Type, signature.Parameters);
        using (writer.Body())
        {
            WriteAwaits(writer, nodes, node, signature);
            writer.Line($"var call = run.Begin({node.Number}{(node.Spec.IsReplicated ? ", replica" : "")});");
            WriteCall(writer, nodes, node, signature.ValueOf);
        }
    }

    public static void WriteHeader(SourceWriter writer, string method, string type, IReadOnlyList<string> parameters)
    {
        writer.Line($"private static async {Names.Task}<{type}> {method}(");
        using (writer.Indent())
        {
            writer.Lines(parameters, ",", ")");
        }
    }

    /// <summary>Waits for the node's turn, for its router, and for its inputs.</summary>
    public static void WriteAwaits(SourceWriter writer, DispatchNodes nodes, DispatchNode node, NodeSignature signature)
    {
        writer.Line($"await run.Turn{Names.Await};");
        if (node.Spec.Branch is { } branch)
        {
            writer.Line(signature.AwaitRouter!);
            using (writer.Block($"if ({NotTaken(nodes[branch.Router], branch, signature.Route(branch.Router))})"))
            {
                writer.Line("return default;");
            }

            writer.Line();
        }

        signature.Awaits.ForEach(line => writer.Line(line));
        if (node.Candidates is { } list && nodes.HasBranches(list))
        {
            // How many candidates there are is known only now.
            var candidates = signature.ValueOf(list);
            var single = list.Type.Name == node.Spec.Result.Name && list.MinBranches > 1;
            var condition = single ? $"{candidates}.Length == 1" : null;
            if (condition is not null)
            {
                using (writer.Block($"if ({condition})"))
                {
                    writer.Line($"return {Wrap(node, $"{candidates}[0]")};");
                }

                writer.Line();
            }
        }
    }

    /// <summary>Calls the node's method: a sub-agent is tried again as the run decides.</summary>
    public static void WriteCall(SourceWriter writer, DispatchNodes nodes, DispatchNode node, Func<ParameterSpec, string> value)
    {
        if (node.Spec.Kind == NodeKind.Tool)
        {
            using (writer.Block("try"))
            {
                WriteAttempt(writer, nodes, node, value);
            }

            using (writer.Block($"catch ({Names.Exception} exception)"))
            {
                writer.Line($"throw await call.FailAsync(exception){Names.Await};");
            }

            return;
        }

        using (writer.Block("while (true)"))
        {
            using (writer.Block("try"))
            {
                WriteAttempt(writer, nodes, node, value);
            }

            using (writer.Block($"catch ({Names.Exception} exception)"))
            {
                writer.Line($"await call.RetryAsync(exception){Names.Await};");
            }
        }
    }

    private static void WriteAttempt(SourceWriter writer, DispatchNodes nodes, DispatchNode node, Func<ParameterSpec, string> value)
    {
        var arguments = node.Spec.Parameters.Select(parameter => parameter.Role switch
        {
            ParameterRole.Context => "call.Agent",
            ParameterRole.CancellationToken => "call.CancellationToken",
            _ => value(parameter),
        });
        writer.Line($"var output = {NodeCallEmitter.Call(nodes.Workflow, node.Spec, "workflow", arguments)};");
        using (writer.Block("if (run.IsObserved)"))
        {
            writer.Line($"call.Observe(output, {Literals.Array("object?", node.Spec.Inputs.Select(value))});");
        }

        writer.Line();
        writer.Line($"return {Wrap(node, "call.End(output)")};");
    }

    /// <summary>An output as the method returns it.</summary>
    public static string Wrap(DispatchNode node, string output) => node.Spec.Branch is null ? output : $"new {node.Type}({output})";

    private static string NotTaken(DispatchNode router, BranchSpec branch, string route)
    {
        var value = router.Spec.Branch is null ? route : $"{route}.Value";
        var tests = branch.Values.Select(constant => branch.IsOtherwise ? $"{value} == {constant.Code}" : $"{value} != {constant.Code}").ToList();
        var values = tests.Count == 0 ? "false" : string.Join(branch.IsOtherwise ? " || " : " && ", tests);
        return router.Spec.Branch is null ? values : $"!{route}.HasValue || ({values})";
    }
}
