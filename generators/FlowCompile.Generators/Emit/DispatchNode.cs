using FlowCompile.Generators.Model;

namespace FlowCompile.Generators.Emit;

/// <summary>A node with the names that dispatch code uses for it.</summary>
/// <param name="Index">The node's index.</param>
/// <param name="Spec">The node.</param>
/// <param name="Variable">The variable of its task, or of the tasks of its replicas.</param>
/// <param name="OutputVariable">The variable of its output or what stands for it, where that is another than candidate lists read.</param>
/// <param name="CandidatesVariable">The variable of its candidate list.</param>
/// <param name="Method">The method that awaits its inputs and calls it.</param>
/// <param name="Type">The type of its task's result: of its output, wrapped in a workflow with branches, where it may have none.</param>
internal sealed record DispatchNode(int Index, NodeSpec Spec, string Variable, string OutputVariable, string CandidatesVariable, string Method, string Type)
{
    /// <summary>The node's index, as C# writes it.</summary>
    public string Number => Literals.Number(Index);

    /// <summary>Whether a structure may leave it out, and with it drop it from candidate lists.</summary>
    public bool CanBeLeftOut => Spec.Repair is null && (Spec.IsOptional || Spec.MinReplicas == 0);

    /// <summary>Its candidate list.</summary>
    public ParameterSpec? Candidates => Spec.Parameters.FirstOrDefault(parameter => parameter.Role == ParameterRole.Candidates);

    /// <summary>Whether it hands its only candidate on where it does not run.</summary>
    public bool PassesCandidate => Candidates is { } list && (list.MinBranches > 1 || CanBeLeftOut) && list.Type.Name == Spec.Result.Name;

    /// <summary>
    /// Whether it hands its only candidate on only where the structure has it: it may be left out, or have two candidates where it needs three
    /// (<c>StructureResolver.CountsWhereItHandsOn</c>).
    /// </summary>
    public bool CountsWhereItHandsOn => PassesCandidate && Spec.Repair is null && (CanBeLeftOut || Candidates!.MinBranches > 2);

    /// <summary>Whether its output has a variable of its own.</summary>
    public bool HasOutputVariable => OutputVariable != Variable;
}
