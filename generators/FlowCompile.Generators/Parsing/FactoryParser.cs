using FlowCompile.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Parsing;

/// <summary>Finds the method that makes the workflow, and says where nothing can make it.</summary>
internal static class FactoryParser
{
    /// <summary>The factory's name; <see langword="null"/> where there is none.</summary>
    public static string? Parse(ParseContext context)
    {
        var type = context.Type;
        var marked = type.GetMembers().OfType<IMethodSymbol>().Where(method => AttributeFacts.Find(method, AttributeNames.WorkflowFactory) is not null).ToList();
        IMethodSymbol? factory = null;
        foreach (var method in marked)
        {
            if (method.ReturnType.IsBroken() || method.Parameters.Any(parameter => parameter.Type.IsBroken()))
            {
                context.GiveUp();
            }
            else if ((Problem(context, method) ?? (factory is null ? null : $"'{factory.Name}' is one already; leave [WorkflowFactory] on one of them")) is { } problem)
            {
                context.Report(WorkflowDescriptors.BadFactory, method.LocationOr(context.TypeLocation), method.Name, type.Name, problem);
            }
            else
            {
                factory = method;
            }
        }

        if (TypeParser.IsGeneric(type) && !context.IsBroken)
        {
            context.Report(WorkflowDescriptors.Generic, context.TypeLocation, type.Name);
        }
        else if (marked.Count == 0 && TypeParser.IsWorkflowType(type) && !TypeParser.CanConstruct(type))
        {
            context.Report(WorkflowDescriptors.NoFactory, context.TypeLocation, type.Name);
        }

        return factory?.Name;
    }

    private static string? Problem(ParseContext context, IMethodSymbol method) =>
        !method.IsStatic ? "it is not static"
        : method.IsGenericMethod ? "it is generic"
        : !SymbolEqualityComparer.Default.Equals(method.ReturnType, context.Type) || method.RefKind != RefKind.None ? $"it returns '{TypeNames.Text(method.ReturnType)}', not '{context.Type.Name}'"
        : method.ReturnType.NullableAnnotation == NullableAnnotation.Annotated ? "it may return null"
        : method.Parameters.Length != 1 || !method.Parameters[0].Type.Is(AttributeNames.ServiceProvider) || method.Parameters[0].RefKind != RefKind.None
            ? "it does not take one System.IServiceProvider"
        : method.IsForbidden() ? "it is obsolete, and its use an error"
        : null;
}
