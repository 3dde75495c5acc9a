using FlowCompile.Generators.Diagnostics;
using FlowCompile.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowCompile.Generators.Parsing;

/// <summary>Reads the values of a branch as constants of the router's result type.</summary>
internal static class BranchValues
{
    public static List<ConstantSpec> Read(ParseContext context, NodeDraft node, AttributeFacts attribute, NodeDraft router)
    {
        var values = new List<ConstantSpec>();
        var location = attribute.Location(context.CancellationToken);
        foreach (var constant in attribute.List(1))
        {
            if (router.Result is null || constant.Kind == TypedConstantKind.Error)
            {
                context.GiveUp();
                continue;
            }

            if (constant.IsNull || constant.Kind is not (TypedConstantKind.Primitive or TypedConstantKind.Enum)
                || !SymbolEqualityComparer.Default.Equals(constant.Type, Underlying(router.Result)))
            {
                var text = constant.IsNull ? "null" : constant.ToCSharpString();
                context.Report(
                    StructureDescriptors.BadRouter, location, node.Name, router.Name, $"that returns '{TypeNames.Text(router.Result)}', never {text}; name values of its type");
                continue;
            }

            var value = Spec(constant);
            if (values.Contains(value))
            {
                context.Report(StructureDescriptors.RepeatedValue, location, node.Name, value.Name);
                continue;
            }

            values.Add(value);
        }

        if (attribute.List(1).IsEmpty)
        {
            context.Report(StructureDescriptors.NoValues, location, node.Name);
        }

        return values;
    }

    /// <summary>Whether a number of values are all that a type has.</summary>
    public static bool AreComplete(ITypeSymbol? type, int count) => type is not null && Underlying(type) is var value && (value.SpecialType == SpecialType.System_Boolean
        ? count >= 2
        : value.TypeKind == TypeKind.Enum && count >= value.GetMembers().OfType<IFieldSymbol>().Select(field => field.ConstantValue).Distinct().Count());

    private static ITypeSymbol Underlying(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;

    private static ConstantSpec Spec(TypedConstant constant)
    {
        var text = constant.ToCSharpString();
        var type = TypeNames.Spec(constant.Type!).Code;
        if (constant.Kind != TypedConstantKind.Enum)
        {
            return new ConstantSpec(Literal(constant, text), text);
        }

        var member = constant.Type!.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue && field.ConstantValue.Equals(constant.Value));
        return new ConstantSpec(
            member is null ? $"({type})({SymbolDisplay.FormatPrimitive(constant.Value!, quoteStrings: true, useHexadecimalNumbers: false)})" : $"{type}.{Identifiers.Escape(member.Name)}",
            text);
    }

    private static string Literal(TypedConstant constant, string text) => constant.Value switch
    {
        string value => Literals.Text(value),
        char value => Literals.Character(value),
        double value => Literals.Number(value),
        float value => Literals.Number(value),
        bool or int => text,
        _ => $"({constant.Type!.ToDisplayString()})({text})",
    };
}
