using FlowCompile.Generators.Model;

namespace FlowCompile.Generators.Emit;

/// <summary>Emits the dispatch: straight-line code that starts every node in the order of the graph.</summary>
internal static class DispatchEmitter
{
    public static void Write(SourceWriter writer, WorkflowSpec workflow)
    {
        var nodes = new DispatchNodes(workflow);
        writer.Line("/// <summary>Starts every node as soon as its own inputs are there.</summary>");
        writer.Line(Names.GeneratedCode);
        writer.Line(Names.Plumbing);
        using (writer.Block("private static class Dispatch"))
        {
            WriteRun(writer, nodes);
            StartEmitter.Write(writer, nodes);
            foreach (var node in nodes.Order.OrderBy(node => node.Index))
            {
                writer.Line();
                NodeEmitter.Write(writer, nodes, node);
            }
        }
    }

    private static void WriteRun(SourceWriter writer, DispatchNodes nodes)
    {
        var result = $"{Names.Result}<{nodes.Workflow.OutputNode.Result.Code}>";
        writer.Line($"internal static async {Names.Task}<{result}> RunAsync(");
        using (writer.Indent())
        {
            writer.Lines([$"{nodes.Workflow.Type.Self.Name} workflow", $"{Names.Run} run", .. nodes.InputParameters], ",", ")");
        }

        using (writer.Body())
        {
            writer.Line("// A run that moves to another configuration is dispatched again; what fits both is not started twice.");
            using (writer.Block("while (true)"))
            {
                writer.Line($"var output = Start({string.Join(", ", ["workflow", "run", .. nodes.Inputs])});");
                using (writer.Block($"if (await run.CompleteAsync(output){Names.Await} is {{ }} result)"))
                {
                    writer.Line("return result;");
                }

                writer.Line().Line("run = run.Next;");
            }
        }

        writer.Line();
    }
}
