using FlowCompile.Graph;

namespace FlowCompile.Generators.Model;

/// <summary>A sub-agent or tool.</summary>
/// <param name="Name">The method's name, not escaped.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Result">The type of its output.</param>
/// <param name="Shape">How the method returns it.</param>
/// <param name="IsStatic">Whether the method is static.</param>
/// <param name="Parameters">The method's parameters, in order.</param>
internal sealed record NodeSpec(
    string Name, NodeKind Kind, TypeSpec Result, ResultShape Shape, bool IsStatic, EquatableArray<ParameterSpec> Parameters)
{
    /// <summary>Whether a structure may leave it out.</summary>
    public bool IsOptional { get; init; }

    /// <summary>The fewest replicas.</summary>
    public int MinReplicas { get; init; } = 1;

    /// <summary>The most replicas.</summary>
    public int MaxReplicas { get; init; } = 1;

    /// <summary>Whether its replicas, or its repair attempts, have the same setting in every configuration.</summary>
    public bool HasSameSettings { get; init; }

    /// <summary>The repair loop whose repairer it is.</summary>
    public RepairSpec? Repair { get; init; }

    /// <summary>The branch it belongs to.</summary>
    public BranchSpec? Branch { get; init; }

    /// <summary>The models it may run on; empty: those of the workflow.</summary>
    public EquatableArray<string> Models { get; init; }

    /// <summary>The budgets it may run under; empty: those of the workflow.</summary>
    public EquatableArray<int> Budgets { get; init; }

    /// <summary>The sampling temperature; <see langword="null"/> leaves it to the model.</summary>
    public float? Temperature { get; init; }

    /// <summary>The parameters that are inputs of the graph's node.</summary>
    public IEnumerable<ParameterSpec> Inputs => Parameters.Where(parameter => parameter.IsGraphInput);

    /// <summary>Whether several replicas may run.</summary>
    public bool IsReplicated => MaxReplicas > 1;
}
