using FlowCompile.Generators.Emit;

namespace FlowCompile.Generators.Code;

/// <summary>Emits the hashes of a workflow's sources.</summary>
internal static class CodeEmitter
{
    public static string Emit(WorkflowCode code)
    {
        var writer = new SourceWriter().Line(GeneratedPart.Header);
        foreach (var node in code.Nodes)
        {
            writer.Line($"[assembly: global::FlowCompile.WorkflowCode({Literals.Text(code.Class)}, {Literals.Text(node.Node)}, {Literals.Text(node.Hash)})]");
        }

        return writer.ToString();
    }
}
