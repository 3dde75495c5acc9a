using FlowCompile.Compilation;

namespace FlowCompile.Tool.Output;

/// <summary>Says what a plan leaves out because it cannot be told apart.</summary>
internal static class FoldedText
{
    public static void Write(CompiledFrontier compiled)
    {
        if (compiled.Folded.Count > 0)
        {
            Results.Line(
                $"{Results.Count(compiled.Folded.Count)} more cannot be told apart from these, and are folded into them: by the recorded cases they are up to {Results.Share(compiled.Plan.FoldedLoss!.Value)} more accurate. --keep-all keeps them.");
        }
    }
}
