using FlowCompile.Generators.Diagnostics;
using FlowCompile.Generators.Model;
using FlowCompile.Graph;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Parsing;

/// <summary>Reads the parameters of a node: what each receives, and from where.</summary>
internal static class ParameterParser
{
    public static void Parse(ParseContext context, NodeDraft node)
    {
        foreach (var symbol in node.Method.Parameters)
        {
            node.Parameters.Add(Parse(context, node, symbol));
        }

        var contexts = node.Parameters.Where(parameter => parameter.Role == ParameterRole.Context).ToList();
        var location = node.Method.LocationOr(context.TypeLocation);
        if (node.Kind == NodeKind.SubAgent && contexts.Count == 0)
        {
            context.Report(NodeDescriptors.NoContext, location, Missing(node.Method, AttributeNames.SubAgentContext, "agent"), node.Name);
        }

        if (node.Kind == NodeKind.Tool && contexts.Count > 0)
        {
            context.Report(NodeDescriptors.ToolWithContext, contexts[0].Symbol.LocationOr(location), node.Name);
        }

        var tokens = node.Parameters.Where(parameter => parameter.Role == ParameterRole.CancellationToken).ToList();
        if (node.Kind == NodeKind.SubAgent && tokens.Count == 0)
        {
            context.Report(NodeDescriptors.NoCancellationToken, location, Missing(node.Method, AttributeNames.CancellationToken, "cancellationToken"), node.Name);
        }

        foreach (var repeated in contexts.Skip(1).Concat(tokens.Skip(1)))
        {
            context.Report(NodeDescriptors.RepeatedContext, repeated.Symbol.LocationOr(location), node.Name, repeated.Symbol.Type.Name);
        }

        var lists = node.Parameters.Where(parameter => parameter.Role == ParameterRole.Candidates).ToList();
        if (lists.Count > 1)
        {
            context.Report(EdgeDescriptors.SeveralLists, lists[1].Symbol.LocationOr(location), node.Name);
        }
    }

    private static ParameterDraft Parse(ParseContext context, NodeDraft node, IParameterSymbol symbol)
    {
        var location = symbol.LocationOr(context.TypeLocation);
        var from = AttributeFacts.Find(symbol, AttributeNames.From);
        var fromAny = AttributeFacts.Find(symbol, AttributeNames.FromAny);
        if (symbol.Type.IsBroken())
        {
            context.GiveUp();
        }
        else if (Obstacle(symbol) is { } obstacle)
        {
            context.Report(EdgeDescriptors.BadParameter, location, symbol.Name, node.Name, obstacle);
        }

        if (from is not null && fromAny is not null)
        {
            context.Report(EdgeDescriptors.SeveralBindings, location, symbol.Name, node.Name);
        }

        if (RoleOf(symbol.Type) is var given and not ParameterRole.Input && (from ?? fromAny) is not null)
        {
            var written = from is null ? "[FromAny]" : "[From]";
            context.Report(EdgeDescriptors.BadParameter, location, symbol.Name, node.Name, $"the run itself gives a '{symbol.Type.Name}'; remove {written}");
            return new ParameterDraft(symbol, given);
        }

        if (fromAny is not null)
        {
            return Candidates(context, node, symbol, fromAny);
        }

        if (from is not null)
        {
            var upstream = new ParameterDraft(symbol, ParameterRole.Upstream) { Attribute = from };
            upstream.Sources.Add(from.Text(0));
            return upstream;
        }

        return new ParameterDraft(symbol, RoleOf(symbol.Type));
    }

    private static ParameterDraft Candidates(ParseContext context, NodeDraft node, IParameterSymbol symbol, AttributeFacts attribute)
    {
        var parameter = new ParameterDraft(symbol, ParameterRole.Candidates) { Attribute = attribute, MinBranches = attribute.Named("MinBranches", 1) };
        AgreementParser.Parse(attribute, parameter);
        parameter.Sources.AddRange(attribute.Texts(context.CancellationToken));
        if (symbol.Type is INamedTypeSymbol { Arity: 1 } list && list.Is(AttributeNames.ReadOnlyList))
        {
            parameter.ValueType = list.TypeArguments[0];
            parameter.IsList = true;
        }

        if (parameter.Sources.Count == 0)
        {
            context.Report(EdgeDescriptors.NoCandidates, attribute.Location(context.CancellationToken), symbol.Name, node.Name);
        }

        return parameter;
    }

    private static ParameterRole RoleOf(ITypeSymbol type) =>
        type.Is(AttributeNames.SubAgentContext) ? ParameterRole.Context
        : type.Is(AttributeNames.CancellationToken) ? ParameterRole.CancellationToken
        : ParameterRole.Input;

    // A signature that another declaration prescribes is not changed alone.
    private static FixFacts Missing(IMethodSymbol method, string type, string name) =>
        method.IsOverride || method.PartialDefinitionPart is not null || method.PartialImplementationPart is not null || Implements(method)
            ? new FixFacts()
            : new FixFacts().With(FixFacts.Type, "global::" + type).With(FixFacts.Parameter, name);

    private static bool Implements(IMethodSymbol method) => method.ContainingType.AllInterfaces
        .SelectMany(face => face.GetMembers())
        .Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method));

    private static string? Obstacle(IParameterSymbol symbol) =>
        symbol.RefKind != RefKind.None ? $"it is passed by '{Keyword(symbol.RefKind)}'; pass it by value"
        : symbol.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: var arguments } && arguments[0].Is(AttributeNames.CancellationToken)
            ? "a run always has a token; make it a CancellationToken"
        : ResultParser.IsStream(symbol.Type) && AttributeFacts.Find(symbol, AttributeNames.From) is null
            ? "a stream is read once, and a run may read an input again; take the whole, as an IReadOnlyList<T>"
        : !ResultParser.CanBeKept(symbol.Type) ? $"a '{TypeNames.Text(symbol.Type)}' cannot be kept until it is read; use another type"
        : null;

    // Names of the enumeration are no keywords: two of them stand for 'in', and the newest for 'ref readonly'.
    private static string Keyword(RefKind kind) => kind switch
    {
        RefKind.Ref => "ref",
        RefKind.Out => "out",
        RefKind.In => "in",
        _ => "ref readonly",
    };
}
