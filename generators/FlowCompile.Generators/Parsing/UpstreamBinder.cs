using FlowCompile.Generators.Diagnostics;
using FlowCompile.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Parsing;

/// <summary>Checks that every upstream that a parameter names is there and fits.</summary>
internal static class UpstreamBinder
{
    public static void Bind(ParseContext context, NodeIndex index)
    {
        foreach (var node in index.Nodes)
        {
            foreach (var parameter in node.Parameters)
            {
                CheckList(context, index, node, parameter);
                for (var i = 0; i < parameter.Sources.Count; i++)
                {
                    context.CancellationToken.ThrowIfCancellationRequested();
                    Bind(context, index, node, parameter, i);
                }

                if (parameter.Role == ParameterRole.Candidates)
                {
                    CheckMinimum(context, index, node, parameter);
                }
            }
        }
    }

    private static void Bind(ParseContext context, NodeIndex index, NodeDraft node, ParameterDraft parameter, int position)
    {
        var name = parameter.Sources[position];
        var location = parameter.Attribute!.ArgumentLocation(position, context.CancellationToken);
        if (name == node.Name)
        {
            context.Report(EdgeDescriptors.SelfReference, location, parameter.Symbol.Name, node.Name);
        }
        else if (index.Find(name) is not { } upstream)
        {
            context.Report(
                EdgeDescriptors.UnknownUpstream,
                location,
                index.Correction(name, except: node.Name),
                parameter.Symbol.Name,
                node.Name,
                name,
                index.Suggest(name, context.Type, except: node.Name));
        }
        else if (parameter.Sources.IndexOf(name) < position)
        {
            context.Report(EdgeDescriptors.RepeatedCandidate, location, parameter.Symbol.Name, node.Name, name);
        }
        else if (parameter.Role == ParameterRole.Upstream && upstream.MaxReplicas > 1)
        {
            context.Report(EdgeDescriptors.ReplicatedUpstream, location, parameter.Symbol.Name, node.Name, name, upstream.MaxReplicas);
        }
        else if (IsReadable(parameter) && upstream.Result is { } result && !result.IsBroken() && !parameter.ValueType.IsBroken())
        {
            CheckType(context, index, node, parameter, upstream.Name, result);
        }
    }

    private static void CheckType(ParseContext context, NodeIndex index, NodeDraft node, ParameterDraft parameter, string upstream, ITypeSymbol result)
    {
        var (descriptor, fitting) = !Fits(context, parameter, result) ? (EdgeDescriptors.MistypedUpstream, FittingType(index, parameter))
            : result.NullableAnnotation == NullableAnnotation.Annotated && parameter.ValueType.NullableAnnotation == NullableAnnotation.NotAnnotated
                ? (EdgeDescriptors.NullableUpstream, Code(parameter, parameter.ValueType.WithNullableAnnotation(NullableAnnotation.Annotated)))
            : (null, null);
        if (descriptor is not null)
        {
            context.Report(
                descriptor,
                parameter.Symbol.LocationOr(context.TypeLocation),
                new FixFacts().With(FixFacts.Type, fitting),
                parameter.Symbol.Name,
                node.Name,
                TypeNames.Text(parameter.ValueType),
                upstream,
                TypeNames.Text(result));
        }
    }

    private static void CheckList(ParseContext context, NodeIndex index, NodeDraft node, ParameterDraft parameter)
    {
        if (!IsReadable(parameter) && !parameter.Symbol.Type.IsBroken())
        {
            context.Report(
                EdgeDescriptors.NotAList,
                parameter.Symbol.LocationOr(context.TypeLocation),
                new FixFacts().With(FixFacts.Type, FittingType(index, parameter)),
                parameter.Symbol.Name,
                node.Name,
                TypeNames.Text(parameter.Symbol.Type));
        }
    }

    private static void CheckMinimum(ParseContext context, NodeIndex index, NodeDraft node, ParameterDraft parameter)
    {
        var sources = parameter.Sources.Distinct().Select(index.Find).OfType<NodeDraft>().ToList();
        var most = sources.Sum(upstream => Math.Max(upstream.MaxReplicas, 1));
        if (IsReadable(parameter) && parameter.MinBranches > Math.Max(1, sources.Sum(Fewest)) && node.Result is { } result && !result.IsBroken() && !parameter.ValueType.IsBroken()
            && !SymbolEqualityComparer.Default.Equals(result, parameter.ValueType))
        {
            context.Report(
                EdgeDescriptors.PassedType, node.Method.LocationOr(context.TypeLocation), node.Name, TypeNames.Text(result), TypeNames.Text(parameter.ValueType));
        }

        var problem = parameter.MinBranches < 1 ? "the fewest is 1; set MinBranches to 1 or more"
            : most > 0 && parameter.MinBranches > most ? $"its upstreams give at most {most}; lower MinBranches, or name more upstreams"
            : null;
        if (problem is not null)
        {
            var location = parameter.Attribute!.ArgumentLocation("MinBranches", context.CancellationToken);
            context.Report(EdgeDescriptors.MinBranches, location, parameter.Symbol.Name, node.Name, parameter.MinBranches, problem);
        }
        else
        {
            AgreementParser.Check(context, node, parameter, most);
        }
    }

    // Candidates are gathered before they are awaited, so their tasks must be of one type; a single value converts when it is read.
    private static bool Fits(ParseContext context, ParameterDraft parameter, ITypeSymbol result) => parameter.Role == ParameterRole.Candidates
        ? SymbolEqualityComparer.Default.Equals(result, parameter.ValueType)
        : result.Fits(parameter.ValueType, context.Compilation);

    // A candidate list of another type says nothing about the candidates'.
    private static bool IsReadable(ParameterDraft parameter) => parameter.Role != ParameterRole.Candidates || parameter.IsList;

    /// <summary>The type that the parameter should have, as code; <see langword="null"/> where its upstreams return several.</summary>
    private static string? FittingType(NodeIndex index, ParameterDraft parameter)
    {
        var types = parameter.Sources.Select(source => index.Find(source)?.Result).Distinct<ITypeSymbol?>(SymbolEqualityComparer.Default).ToList();
        if (types.Count != 1 || types[0] is not { SpecialType: not SpecialType.System_Void } type || type.IsBroken())
        {
            return null;
        }

        return Code(parameter, type);
    }

    private static string Code(ParameterDraft parameter, ITypeSymbol type)
    {
        var code = TypeNames.Spec(type).Code;
        return parameter.Role == ParameterRole.Candidates ? $"global::{AttributeNames.ReadOnlyList}<{code}>" : code;
    }

    // A branch that is not taken gives nothing. With no more than one candidate asked for, an empty list is no structure at all.
    private static int Fewest(NodeDraft upstream) =>
        upstream.IsOptional || HasBranch(upstream) ? 0 : Math.Min(upstream.MinReplicas, upstream.MaxReplicas);

    private static bool HasBranch(NodeDraft node) =>
        AttributeFacts.Find(node.Method, AttributeNames.When) is not null || AttributeFacts.Find(node.Method, AttributeNames.Otherwise) is not null;
}
