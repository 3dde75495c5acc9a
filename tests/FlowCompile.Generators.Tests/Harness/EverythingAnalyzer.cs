using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FlowCompile.Generators.Tests.Harness;

/// <summary>Says of everything what well-known analyzers say of some things, and where they say it.</summary>
#pragma warning disable RS1036, RS1038, RS1041, RS2008 // It is no analyzer that anybody but these tests loads.
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class EverythingAnalyzer : DiagnosticAnalyzer
{
    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> s_rules = new[] { "CA1822", "IDE0051", "IDE0060", "CA1812", "CA1062" }
        .ToImmutableDictionary(id => id, id => new DiagnosticDescriptor(id, id, id, "Tested", DiagnosticSeverity.Warning, isEnabledByDefault: true));

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. s_rules.Values];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.MethodDeclaration, SyntaxKind.Parameter, SyntaxKind.ClassDeclaration, SyntaxKind.RecordDeclaration, SyntaxKind.IdentifierName);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        switch (context.Node)
        {
            case MethodDeclarationSyntax method:
                Report(method.Identifier.GetLocation(), "CA1822", "IDE0051");
                break;
            case ParameterSyntax { Parent.Parent: MethodDeclarationSyntax } parameter:
                Report(parameter.Identifier.GetLocation(), "IDE0060");
                break;
            case TypeDeclarationSyntax type:
                Report(type.Identifier.GetLocation(), "CA1812");
                break;
            case IdentifierNameSyntax { Parent: MemberAccessExpressionSyntax access } name when access.Expression == name:
                Report(name.GetLocation(), "CA1062");
                break;
        }

        void Report(Location location, params string[] rules)
        {
            foreach (var rule in rules)
            {
                context.ReportDiagnostic(Diagnostic.Create(s_rules[rule], location));
            }
        }
    }
}
