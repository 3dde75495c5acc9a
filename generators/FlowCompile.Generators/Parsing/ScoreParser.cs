using FlowCompile.Generators.Diagnostics;
using FlowCompile.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Parsing;

/// <summary>Reads the score methods.</summary>
internal static class ScoreParser
{
    public static EquatableArray<ScoreSpec> Parse(ParseContext context, IReadOnlyList<IMethodSymbol> methods, NodeIndex index, NodeDraft? output)
    {
        var drafts = new List<ScoreDraft>();
        foreach (var method in methods)
        {
            if (AttributeFacts.Find(method, AttributeNames.Score) is { } attribute && Read(context, method, attribute, index, output) is { } draft)
            {
                CheckAgainst(context, draft, drafts);
                drafts.Add(draft);
            }
        }

        return drafts.Select(draft => new ScoreSpec(
            draft.Method.Name,
            draft.Node,
            TypeNames.Spec(draft.Case.Type),
            TypeNames.Spec(draft.Output.Type),
            draft.Method.ReturnType.SpecialType == SpecialType.System_Boolean,
            Scored(draft, drafts, index, output).Freeze())).Freeze();
    }

    private static ScoreDraft? Read(ParseContext context, IMethodSymbol method, AttributeFacts attribute, NodeIndex index, NodeDraft? output)
    {
        var location = method.LocationOr(context.TypeLocation);
        if (method.Parameters.Any(parameter => parameter.Type.IsBroken()) || method.ReturnType.IsBroken())
        {
            context.GiveUp();
            return null;
        }

        if (Problem(context, method) is { } problem)
        {
            context.Report(ScoreDescriptors.BadShape, location, method.Name, problem);
            return null;
        }

        var name = attribute.Text(0);
        var node = name.Length == 0 ? output : index.Find(name);
        if (node is null && name.Length > 0)
        {
            context.Report(
                ScoreDescriptors.UnknownNode,
                attribute.ArgumentLocation(0, context.CancellationToken),
                index.Correction(name),
                method.Name,
                name,
                index.Suggest(name));
            return null;
        }

        if (node?.Result is { } result && !result.IsBroken() && !result.Fits(method.Parameters[1].Type, context.Compilation))
        {
            context.Report(
                ScoreDescriptors.BadOutput,
                location,
                new FixFacts().With(FixFacts.Type, TypeNames.Spec(result).Code).At(method.Parameters[1].LocationOr(location)),
                method.Name,
                TypeNames.Text(method.Parameters[1].Type),
                node.Name,
                TypeNames.Text(result));
        }

        return new ScoreDraft(method, name.Length == 0 ? null : name);
    }

    private static void CheckAgainst(ParseContext context, ScoreDraft draft, List<ScoreDraft> others)
    {
        var location = draft.Method.LocationOr(context.TypeLocation);
        if (others.FirstOrDefault(other => other.Node == draft.Node) is { } same)
        {
            context.Report(
                ScoreDescriptors.Several, location, same.Method.Name, draft.Method.Name, draft.Node is null ? "the workflow" : $"'{draft.Node}'");
        }

        if (others.FirstOrDefault() is { } first && !SymbolEqualityComparer.Default.Equals(first.Case.Type, draft.Case.Type))
        {
            context.Report(
                ScoreDescriptors.CaseTypes, location, draft.Method.Name, TypeNames.Text(draft.Case.Type), first.Method.Name, TypeNames.Text(first.Case.Type));
        }
    }

    private static string? Problem(ParseContext context, IMethodSymbol method) =>
        !method.IsStatic ? "is not static"
        : method.IsGenericMethod ? "is generic"
        : method.ReturnType.SpecialType is not (SpecialType.System_Double or SpecialType.System_Boolean) ? "returns neither double nor bool"
        : method.Parameters.Length != 2 ? $"has {method.Parameters.Length} parameters"
        : method.Parameters.Any(parameter => parameter.RefKind != RefKind.None || !ResultParser.CanBeKept(parameter.Type)) ? "takes a parameter by reference"
        : !method.IsCallableFrom(context.Type, context.Compilation) ? "is out of reach of the workflow"
        : method.IsForbidden() ? "is obsolete, and its use an error"
        : null;

    private static IEnumerable<string> Scored(ScoreDraft draft, List<ScoreDraft> drafts, NodeIndex index, NodeDraft? output) =>
        draft.Node is { } name
            ? [name]
            : index.Nodes
                .Where(node => drafts.All(other => other.Node != node.Name) && SymbolEqualityComparer.Default.Equals(node.Result, output?.Result))
                .Select(node => node.Name);

    private sealed record ScoreDraft(IMethodSymbol Method, string? Node)
    {
        public IParameterSymbol Case => Method.Parameters[0];

        public IParameterSymbol Output => Method.Parameters[1];
    }
}
