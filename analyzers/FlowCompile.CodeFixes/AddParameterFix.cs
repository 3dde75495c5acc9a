using System.Collections.Immutable;
using FlowCompile.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace FlowCompile.CodeFixes;

/// <summary>Gives a sub-agent the context or the cancellation token that it lacks.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddParameterFix))]
public sealed class AddParameterFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(NodeDescriptors.NoContext.Id, NodeDescriptors.NoCancellationToken.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.Fact(FixFacts.Type) is { } type && diagnostic.Fact(FixFacts.Parameter) is { } name
                && root?.Find<MethodDeclarationSyntax>(diagnostic.Location) is { } method)
            {
                var shortType = type.Substring(type.LastIndexOf('.') + 1);
                context.Register(
                    diagnostic,
                    $"Add a {shortType} parameter",
                    nameof(AddParameterFix) + "." + shortType,
                    root,
                    root => root.ReplaceNode(method, method.WithParameterList(method.ParameterList.WithParameters(Insert(method, type, FreeName(method, name))))));
            }
        }
    }

    private static SeparatedSyntaxList<ParameterSyntax> Insert(MethodDeclarationSyntax method, string type, string name)
    {
        var parameters = method.ParameterList.Parameters;
        var parameter = SyntaxFactory.Parameter(SyntaxFactory.Identifier(name))
            .WithType(SyntaxFactory.ParseTypeName(type).WithTrailingTrivia(SyntaxFactory.Space).WithAdditionalAnnotations(Simplifier.Annotation));
        if (parameters.Count == 0)
        {
            return parameters.Add(parameter);
        }

        // A list with a line for each parameter goes on that way.
        var index = parameters.IndexOf(MustComeAfter);
        index = index < 0 ? parameters.Count : index;
        var neighbour = parameters[Math.Min(index, parameters.Count - 1)];
        var endsLine = parameters.GetSeparators().SelectMany(separator => separator.TrailingTrivia).FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken)
            .WithTrailingTrivia(endsLine.IsKind(SyntaxKind.EndOfLineTrivia) ? endsLine : SyntaxFactory.Space);
        var leading = index == 0 || parameters.Count > 1 ? neighbour.GetLeadingTrivia() : default;
        var nodes = parameters.ToList();
        nodes.Insert(index, parameter.WithLeadingTrivia(leading));
        if (index == 0 && parameters.Count == 1)
        {
            nodes[1] = nodes[1].WithLeadingTrivia();
        }

        var commas = parameters.GetSeparators().ToList();
        commas.Insert(Math.Min(index, commas.Count), comma);
        return SyntaxFactory.SeparatedList(nodes, commas);
    }

    private static bool MustComeAfter(ParameterSyntax parameter) =>
        parameter.Default is not null
        || parameter.Modifiers.Any(SyntaxKind.ParamsKeyword)
        || parameter.Type is NameSyntax type && type.GetLastToken().ValueText == nameof(CancellationToken);

    private static string FreeName(MethodDeclarationSyntax method, string name)
    {
        var taken = new HashSet<string>(method.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText), StringComparer.Ordinal);
        var free = name;
        for (var i = 2; taken.Contains(free); i++)
        {
            free = name + i;
        }

        return free;
    }
}
