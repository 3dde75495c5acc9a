using FlowCompile.Graph;

namespace FlowCompile.Compilation;

/// <summary>A structure taken apart.</summary>
/// <param name="Structure">The structure.</param>
/// <param name="Kernel">What is left of its circuit.</param>
/// <param name="Bodies">For each vertex of the kernel the term that runs there, if any.</param>
internal sealed record DecomposedStructure(WorkflowStructure Structure, Circuit Kernel, Term?[] Bodies)
{
    /// <summary>The whole structure as one term; <see langword="null"/> where it is entangled.</summary>
    public Term? Term => Kernel.Vertices is [{ Inputs: [], Condition: null, Kind: VertexKind.Call }] ? Bodies[0] : null;
}
