using FlowCompile.Generators.Diagnostics;
using FlowCompile.Generators.Model;
using FlowCompile.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Analyzers.Checks;

/// <summary>Says what a score method that is missing would look like.</summary>
internal static class ScoreFacts
{
    private const string Method = "Score";
    private const string Case = "Case";
    private const string Expected = "Expected";

    /// <param name="context">The checked class.</param>
    /// <param name="workflow">The workflow.</param>
    /// <param name="caseType">The type of case that the scores of nodes take; <see langword="null"/> where there are none.</param>
    public static FixFacts Of(CheckContext context, WorkflowSpec workflow, ITypeSymbol? caseType)
    {
        var facts = new FixFacts();
        var output = context.Nodes.First(node => node.Name == workflow.Output).Result;
        if (output is null || IsTaken(context, Method) || (caseType is null && (IsTaken(context, Case) || workflow.Inputs.Any(input => Pascal(input.Name) == Expected))))
        {
            return facts;
        }

        var inputs = context.Nodes.SelectMany(node => node.Parameters).Where(parameter => parameter.Role == ParameterRole.Input)
            .GroupBy(parameter => parameter.Symbol.Name, StringComparer.Ordinal).Select(same => same.First().Symbol).ToList();
        var outputCode = TypeNames.Spec(output).Code;
        facts.With(FixFacts.Type, outputCode);
        return caseType is not null
            ? facts.With(FixFacts.CaseType, TypeNames.Spec(caseType).Code).With(FixFacts.Access, "public")
            : facts
                .With(FixFacts.CaseName, Case)
                .With(FixFacts.CaseMembers, string.Join(", ", inputs.Select(input => $"{TypeNames.Spec(input.Type).Code} {Pascal(input.Name)}").Append($"{outputCode} {Expected}")))
                .With(FixFacts.Access, inputs.Select(input => input.Type).Append(output).All(type => TypeParser.Access(type) == WorkflowAccess.Public) ? "public" : "internal");
    }

    private static bool IsTaken(CheckContext context, string name) =>
        context.Type.Name == name || !context.Type.GetMembers(name).IsEmpty || context.Type.TypeParameters.Any(parameter => parameter.Name == name);

    private static string Pascal(string name) => Identifiers.Escape(char.ToUpperInvariant(name[0]) + name.Substring(1));
}
