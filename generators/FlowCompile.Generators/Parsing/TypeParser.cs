using FlowCompile.Generators.Diagnostics;
using FlowCompile.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowCompile.Generators.Parsing;

/// <summary>Reads where a workflow class is declared, and whether a part can be added to it.</summary>
internal static class TypeParser
{
    public static HierarchySpec? Parse(ParseContext context)
    {
        var type = context.Type;
        var location = context.TypeLocation;
        if (Obstacle(type) is { } obstacle)
        {
            context.Report(WorkflowDescriptors.NotGeneratable, location, type.Name, obstacle);
            return null;
        }

        if (!IsPartial(type, context.CancellationToken))
        {
            context.Report(WorkflowDescriptors.NotPartial, location, new FixFacts().With(FixFacts.Partial, type.Name), type.Name, $"class {type.Name}");
        }

        var types = new Stack<TypeDeclarationSpec>();
        for (var level = type; level is not null; level = level.ContainingType)
        {
            if (level.IsFileLocal)
            {
                context.Report(WorkflowDescriptors.NotGeneratable, location, type.Name, $"'{level.Name}' is local to its file; remove 'file'");
            }

            if (!SymbolEqualityComparer.Default.Equals(level, type) && !IsPartial(level, context.CancellationToken))
            {
                context.Report(
                    WorkflowDescriptors.NotGeneratable,
                    Identifier(level, context.CancellationToken),
                    new FixFacts().With(FixFacts.Partial, level.Name),
                    type.Name,
                    $"the containing type '{level.Name}' is not partial; declare it as partial");
            }

            types.Push(new TypeDeclarationSpec(Keyword(level), TypeNames.Declaration(level)));
        }

        return new HierarchySpec(TypeNames.Namespace(type.ContainingNamespace), types.Freeze(), HintNames.Of(type));
    }

    /// <summary>Where the class is declared: at the part with the attribute.</summary>
    public static Location Location(INamedTypeSymbol type) =>
        type.Locations.FirstOrDefault(location => location.IsInSource && location.SourceTree == AttributeFacts.Find(type, AttributeNames.Workflow)?.Tree)
        ?? type.LocationOr(Microsoft.CodeAnalysis.Location.None);

    /// <summary>Whether <c>new()</c> makes an instance, apart from the models that are set afterwards.</summary>
    public static bool CanConstruct(INamedTypeSymbol type) =>
        Constructor(type)?.IsForbidden() == false
        && !Bases(type).SelectMany(level => level.GetMembers()).Any(member => (member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }) && !ReservedNames.IsGenerated(member));

    /// <summary>Whether the class, or one that contains it, has type parameters.</summary>
    public static bool IsGeneric(INamedTypeSymbol type) => Containing(type).Any(level => level.TypeParameters.Length > 0);

    /// <summary>Whether it is a class that has instances.</summary>
    public static bool IsWorkflowType(INamedTypeSymbol type) => Obstacle(type) is null;

    /// <summary>Whether code beside the class can make an instance too.</summary>
    public static bool CanConstructOutside(INamedTypeSymbol type) => CanConstruct(type)
        && Constructor(type) is { DeclaredAccessibility: Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal }
        && !Containing(type).Any(level => level.IsForbidden());

    /// <summary>From where a class can be used.</summary>
    public static WorkflowAccess Access(INamedTypeSymbol type)
    {
        var access = WorkflowAccess.Public;
        for (var level = type; level is not null; level = level.ContainingType)
        {
            access = level.DeclaredAccessibility switch
            {
                Accessibility.Public => access,
                Accessibility.Internal or Accessibility.ProtectedOrInternal => access == WorkflowAccess.Hidden ? access : WorkflowAccess.Internal,
                _ => WorkflowAccess.Hidden,
            };
        }

        return access;
    }

    /// <summary>From where a type can be named, the types it is made of considered.</summary>
    public static WorkflowAccess Access(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Access(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Select(Access).Append(Access(named)).Min(),
        _ => WorkflowAccess.Public,
    };

    private static string? Obstacle(INamedTypeSymbol type) => type switch
    {
        { TypeKind: not TypeKind.Class } => "it is not a class; make it a partial class",
        { IsStatic: true } => "it is static; a workflow has instances, so remove 'static'",
        { IsAbstract: true } => "it is abstract; a workflow has instances, so remove 'abstract'",
        _ when Bases(type).Skip(1).FirstOrDefault(level => AttributeFacts.Find(level, AttributeNames.Workflow) is not null) is { } level =>
            $"its base class '{level.Name}' is a workflow; put the nodes they share into a base class without [Workflow]",
        _ => null,
    };

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { IsRecord: true, TypeKind: TypeKind.Struct } => "record struct",
        { IsRecord: true } => "record",
        { TypeKind: TypeKind.Struct } => "struct",
        { TypeKind: TypeKind.Interface } => "interface",
        _ => "class",
    };

    private static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellationToken) => type.DeclaringSyntaxReferences.Any(reference =>
        reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static Location? Identifier(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellationToken)).OfType<BaseTypeDeclarationSyntax>()
            .Select(declaration => declaration.Identifier.GetLocation()).FirstOrDefault();

    private static IMethodSymbol? Constructor(INamedTypeSymbol type) => type.InstanceConstructors.FirstOrDefault(constructor => constructor.Parameters.IsEmpty);

    private static IEnumerable<INamedTypeSymbol> Containing(INamedTypeSymbol type)
    {
        for (var level = type; level is not null; level = level.ContainingType)
        {
            yield return level;
        }
    }

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (var level = type; level is not null; level = level.BaseType)
        {
            yield return level;
        }
    }
}
