using FlowCompile.Generators.Diagnostics;
using FlowCompile.Generators.Model;
using FlowCompile.Graph;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Parsing;

/// <summary>Reads what a node returns.</summary>
internal static class ResultParser
{
    public static void Parse(ParseContext context, NodeDraft node)
    {
        var type = node.Method.ReturnType;
        if (type.IsBroken())
        {
            context.GiveUp();
            return;
        }

        node.Shape = type is not INamedTypeSymbol { Arity: 1 } ? ResultShape.Value
            : type.Is(AttributeNames.Task) ? ResultShape.Task
            : type.Is(AttributeNames.ValueTask) ? ResultShape.ValueTask
            : ResultShape.Value;
        node.Result = node.Shape == ResultShape.Value ? type : ((INamedTypeSymbol)type).TypeArguments[0];
        if (Problem(node, type) is { } problem)
        {
            context.Report(
                NodeDescriptors.BadResult, node.Method.LocationOr(context.TypeLocation), node.Name, TypeNames.Text(type), problem);
        }
    }

    private static string? Problem(NodeDraft node, ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_Void || type.Is(AttributeNames.Task) && node.Shape == ResultShape.Value
            || type.Is(AttributeNames.ValueTask) && node.Shape == ResultShape.Value
            ? "a node has a result; return ValueTask<T> or Task<T>" + (node.Kind == NodeKind.Tool ? ", or the result itself" : "")
        : node.Kind == NodeKind.SubAgent && node.Shape == ResultShape.Value
            ? "that cannot be awaited, and a sub-agent waits for its model; return ValueTask<T> or Task<T>"
        : node.Method.ReturnsByRef || node.Method.ReturnsByRefReadonly
            ? "a reference cannot be handed on; return a value"
        : IsAwaited(node.Result!)
            ? $"that awaits to another task; return '{TypeNames.Text(node.Result!)}' itself"
        : IsStream(node.Result!)
            ? "a stream is read once, and every reader of the node would take a part of it; return the whole, as an IReadOnlyList<T>"
        : !CanBeKept(node.Result!)
            ? $"a '{TypeNames.Text(node.Result!)}' cannot be kept until it is read; return another type"
            : null;

    /// <summary>Whether a value of the type can be read once only.</summary>
    public static bool IsStream(ITypeSymbol type) => type.Is(AttributeNames.AsyncStream)
        || type.Is(AttributeNames.AsyncEnumerator)
        || type.Is(AttributeNames.Enumerator)
        || type.Is(AttributeNames.UntypedEnumerator);

    private static bool IsAwaited(ITypeSymbol type) => type.Is(AttributeNames.Task) || type.Is(AttributeNames.ValueTask);

    /// <summary>Whether a value of the type can be held while other nodes run.</summary>
    public static bool CanBeKept(ITypeSymbol type) =>
        type is IArrayTypeSymbol array
            ? CanBeKept(array.ElementType)
            : type is { IsRefLikeType: false, TypeKind: not (TypeKind.Pointer or TypeKind.FunctionPointer), SpecialType: not SpecialType.System_Void };
}
