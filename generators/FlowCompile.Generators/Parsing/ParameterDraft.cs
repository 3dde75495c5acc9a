using FlowCompile.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Parsing;

/// <summary>A parameter while it is being read.</summary>
internal sealed class ParameterDraft(IParameterSymbol symbol, ParameterRole role)
{
    public IParameterSymbol Symbol { get; } = symbol;

    public ParameterRole Role { get; } = role;

    /// <summary>The type of one value: of a candidate list, of one candidate.</summary>
    public ITypeSymbol ValueType { get; set; } = symbol.Type;

    /// <summary>Whether it is of the type of a candidate list.</summary>
    public bool IsList { get; set; }

    /// <summary>The upstreams' names, as written.</summary>
    public List<string> Sources { get; } = [];

    public int MinBranches { get; set; } = 1;

    /// <summary>How many candidates have to agree for the list to end early; null where that is not written.</summary>
    public int? Agree { get; set; }

    /// <summary>The method that says whether two candidates agree; empty where that is not written.</summary>
    public string Equality { get; set; } = "";

    /// <summary>The binding attribute.</summary>
    public AttributeFacts? Attribute { get; set; }

    public ParameterSpec Freeze() => new(Symbol.Name, Role, TypeNames.Spec(ValueType), Sources.Freeze(), MinBranches, Agree is > 0 and var count ? new AgreementSpec(count, Equality) : null);
}
