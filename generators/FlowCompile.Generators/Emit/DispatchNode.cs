using FlowCompile.Generators.Model;

namespace FlowCompile.Generators.Emit;

/// <summary>A node with the names that dispatch code uses for it.</summary>
/// <param name="Index">The node's index.</param>
/// <param name="Spec">The node.</param>
/// <param name="Variable">The variable of its task, or of the tasks of its replicas.</param>
/// <param name="OutputVariable">The variable of what stands for its output where it is left out; the same where it cannot be.</param>
/// <param name="CandidatesVariable">The variable of its candidate list.</param>
/// <param name="Method">The method that awaits its inputs and calls it.</param>
internal sealed record DispatchNode(int Index, NodeSpec Spec, string Variable, string OutputVariable, string CandidatesVariable, string Method)
{
    /// <summary>The node's index, as C# writes it.</summary>
    public string Number => Literals.Number(Index);

    /// <summary>The type of its output, wrapped where a branch may leave it without one.</summary>
    public string Type => Spec.Branch is null ? Spec.Result.Code : $"global::FlowCompile.NodeOutput<{Spec.Result.Code}>";

    /// <summary>Whether a structure may leave it out, and with it drop it from candidate lists.</summary>
    public bool CanBeLeftOut => Spec.Repair is null && (Spec.IsOptional || Spec.MinReplicas == 0);

    /// <summary>Its candidate list.</summary>
    public ParameterSpec? Candidates => Spec.Parameters.FirstOrDefault(parameter => parameter.Role == ParameterRole.Candidates);

    /// <summary>Whether it hands its only candidate on where it does not run.</summary>
    public bool PassesCandidate => Candidates is { } list && (list.MinBranches > 1 || CanBeLeftOut) && list.Type.Name == Spec.Result.Name;

    /// <summary>Whether its output has a variable of its own.</summary>
    public bool HasOutputVariable => OutputVariable != Variable;
}
