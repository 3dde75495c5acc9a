using FlowCompile.Generators.Model;
using FlowCompile.Graph;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Parsing;

/// <summary>A node while it is being read.</summary>
internal sealed class NodeDraft(IMethodSymbol method, NodeKind kind, AttributeFacts attribute)
{
    public IMethodSymbol Method { get; } = method;

    public NodeKind Kind { get; } = kind;

    /// <summary>The attribute that makes it a node.</summary>
    public AttributeFacts Attribute { get; } = attribute;

    public string Name => Method.Name;

    /// <summary>The type of its output; <see langword="null"/> where the method returns none.</summary>
    public ITypeSymbol? Result { get; set; }

    public ResultShape Shape { get; set; }

    public List<ParameterDraft> Parameters { get; } = [];

    public bool IsOptional { get; set; }

    public int MinReplicas { get; set; } = 1;

    public int MaxReplicas { get; set; } = 1;

    public bool HasSameSettings { get; set; }

    public RepairSpec? Repair { get; set; }

    public BranchSpec? Branch { get; set; }

    public List<string> Models { get; set; } = [];

    public List<int> Budgets { get; set; } = [];

    public float? Temperature { get; set; }

    public NodeSpec Freeze() => new(
        Name, Kind, TypeNames.Spec(Result!), Shape, Method.IsStatic, Parameters.Select(parameter => parameter.Freeze()).Freeze())
    {
        IsOptional = IsOptional,
        MinReplicas = MinReplicas,
        MaxReplicas = MaxReplicas,
        HasSameSettings = HasSameSettings,
        Repair = Repair,
        Branch = Branch,
        Models = Models.Freeze(),
        Budgets = Budgets.Freeze(),
        Temperature = Temperature,
    };
}
