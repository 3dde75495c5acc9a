using FlowCompile.Generators.Diagnostics;
using FlowCompile.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Parsing;

/// <summary>Gathers the workflow's inputs: the parameters without an upstream, by name.</summary>
internal static class InputBinder
{
    public static EquatableArray<InputSpec> Bind(ParseContext context, IReadOnlyList<NodeDraft> nodes)
    {
        var inputs = new List<InputSpec>();
        var first = new Dictionary<string, (IParameterSymbol Symbol, NodeDraft Node)>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            foreach (var parameter in node.Parameters.Where(parameter => parameter.Role == ParameterRole.Input))
            {
                var symbol = parameter.Symbol;
                if (!first.TryGetValue(symbol.Name, out var other))
                {
                    first.Add(symbol.Name, (symbol, node));
                    inputs.Add(new InputSpec(symbol.Name, TypeNames.Spec(symbol.Type)));
                }
                else if (SymbolEqualityComparer.Default.Equals(other.Symbol.Type, symbol.Type))
                {
                    // Where one node does not take a null, the workflow does not.
                    if (other.Symbol.Type.NullableAnnotation == NullableAnnotation.Annotated && symbol.Type.NullableAnnotation == NullableAnnotation.NotAnnotated)
                    {
                        first[symbol.Name] = (symbol, node);
                        inputs[inputs.FindIndex(input => input.Name == symbol.Name)] = new InputSpec(symbol.Name, TypeNames.Spec(symbol.Type));
                    }
                }
                else if (other.Node.Name != node.Name)
                {
                    context.Report(
                        EdgeDescriptors.InputTypes,
                        symbol.LocationOr(context.TypeLocation),
                        symbol.Name,
                        TypeNames.Text(other.Symbol.Type),
                        other.Node.Name,
                        TypeNames.Text(symbol.Type),
                        node.Name);
                }
            }
        }

        return inputs.Freeze();
    }
}
