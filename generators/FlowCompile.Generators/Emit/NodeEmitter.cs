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
            WriteCall(writer, nodes, node, signature.ValueOf, output => nodes.Wrap(node.Spec.Result.Code, output));
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
            var pattern = Taken(branch);
            using (writer.Block($"if (await {signature.Router}{Names.Await} is not {{ HasValue: true{(pattern is null ? "" : $", Value: {pattern}")} }})"))
            {
                writer.Line("return default;");
            }

            writer.Line();
        }

        signature.Awaits.ForEach(line => writer.Line(line));
        if (nodes.HasBranches && node.Candidates is { } list)
        {
            WriteMinimum(writer, node, list, signature.ValueOf(list));
        }
    }

    /// <summary>How many candidates there are is known only when the branches are.</summary>
    private static void WriteMinimum(SourceWriter writer, DispatchNode node, ParameterSpec list, string candidates)
    {
        using (writer.Block($"if ({candidates}.Length < {Literals.Number(list.MinBranches)})"))
        {
            writer.Line(list.Type.Name == node.Spec.Result.Name ? $"return run.WithoutCall({node.Number}, {candidates});" : "return default;");
        }

        writer.Line();
    }

    /// <summary>Calls the node's method: a sub-agent is tried again as the run decides.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="nodes">The nodes.</param>
    /// <param name="node">The node.</param>
    /// <param name="value">The local that holds a parameter's value.</param>
    /// <param name="wrap">An output as the method returns it.</param>
    public static void WriteCall(SourceWriter writer, DispatchNodes nodes, DispatchNode node, Func<ParameterSpec, string> value, Func<string, string> wrap)
    {
        if (node.Spec.Kind == NodeKind.Tool)
        {
            using (writer.Block("try"))
            {
                WriteAttempt(writer, nodes, node, value, wrap);
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
                WriteAttempt(writer, nodes, node, value, wrap);
            }

            using (writer.Block($"catch ({Names.Exception} exception)"))
            {
                writer.Line($"await call.RetryAsync(exception){Names.Await};");
            }
        }
    }

    private static void WriteAttempt(SourceWriter writer, DispatchNodes nodes, DispatchNode node, Func<ParameterSpec, string> value, Func<string, string> wrap)
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
        writer.Line($"return call.End({wrap("output")});");
    }

    private static string? Taken(BranchSpec branch)
    {
        var values = string.Join(" or ", branch.Values.Select(value => value.Code));
        return !branch.IsOtherwise ? values
            : branch.Values.Count == 0 ? null
            : branch.Values.Count == 1 ? $"not {values}"
            : $"not ({values})";
    }
}
