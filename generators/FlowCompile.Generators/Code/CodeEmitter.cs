using FlowCompile.Generators.Emit;
using FlowCompile.Generators.Model;

namespace FlowCompile.Generators.Code;

/// <summary>Emits the hashes of a workflow's sources.</summary>
internal static class CodeEmitter
{
    public static string Emit(WorkflowCode code)
    {
        var writer = GeneratedPart.Start();
        foreach (var node in code.Nodes)
        {
            writer.Line($"[assembly: global::FlowCompile.WorkflowCode({Literals.Text(code.Class)}, {Literals.Text(node.Node)}, {Literals.Text(node.Hash)})]");
        }

        return writer.ToString();
    }
}
