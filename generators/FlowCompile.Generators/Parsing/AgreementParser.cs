using FlowCompile.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Parsing;

/// <summary>Reads when a candidate list ends early.</summary>
internal static class AgreementParser
{
    private const string Agree = "Agree";
    private const string Equality = "Equality";

    public static void Parse(AttributeFacts attribute, ParameterDraft parameter)
    {
        var count = attribute.Named(Agree, int.MinValue);
        parameter.Agree = count is int.MinValue or 0 ? null : count;
        parameter.Equality = attribute.Named(Equality, "");
    }

    /// <summary>Checks it.</summary>
    /// <param name="context">The workflow being read.</param>
    /// <param name="node">The node.</param>
    /// <param name="parameter">Its candidate list.</param>
    /// <param name="most">The most candidates that the list can have; 0 where that is not known.</param>
    public static void Check(ParseContext context, NodeDraft node, ParameterDraft parameter, int most)
    {
        if (CountProblem(parameter, most) is { } wrong)
        {
            Report(Agree, wrong);
        }
        else if (EqualityProblem(context, parameter) is { } unusable)
        {
            Report(Equality, unusable);
        }

        void Report(string argument, string problem) => context.Report(
            EdgeDescriptors.Agreement, parameter.Attribute!.ArgumentLocation(argument, context.CancellationToken), parameter.Symbol.Name, node.Name, problem);
    }

    private static string? CountProblem(ParameterDraft parameter, int most) =>
        parameter.Agree is not { } count ? null
        : count < 2 ? "it takes two to agree; set Agree to 2 or more"
        : count < parameter.MinBranches ? $"{parameter.MinBranches} candidates are the fewest; set Agree to that or more"
        : most > 0 && count > most ? $"its upstreams give at most {most}; lower Agree, or name more upstreams"
        : null;

    private static string? EqualityProblem(ParseContext context, ParameterDraft parameter)
    {
        if (parameter.Equality.Length == 0 || parameter.ValueType.IsBroken())
        {
            return null;
        }

        if (parameter.Agree is null)
        {
            return "Equality says when candidates agree, and Agree how many have to; set Agree as well";
        }

        var type = TypeNames.Text(parameter.ValueType);
        return context.Type.GetMembers(parameter.Equality).OfType<IMethodSymbol>().Any(method => Compares(method, parameter.ValueType, context.Compilation)) ? null
            : $"the workflow has no method 'static bool {parameter.Equality}({type} a, {type} b)'; add it";
    }

    private static bool Compares(IMethodSymbol method, ITypeSymbol type, Compilation compilation) =>
        method is { IsStatic: true, IsGenericMethod: false, ReturnType.SpecialType: SpecialType.System_Boolean, Parameters.Length: 2 }
        && method.Parameters.All(parameter => parameter.RefKind == RefKind.None && type.Fits(parameter.Type, compilation));
}
