using System.Collections.Concurrent;
using System.Collections.Immutable;
using FlowCompile.Analyzers.Checks;
using FlowCompile.Generators.Diagnostics;
using FlowCompile.Generators.Model;
using FlowCompile.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FlowCompile.Analyzers;

/// <summary>Reports what is wrong with workflows, their settings and their plans. It reads through the generator's parser.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WorkflowAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => AllDescriptors.List;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(Start);
    }

    private static void Start(CompilationStartAnalysisContext context)
    {
        if (context.Compilation.GetTypeByMetadataName(AttributeNames.Workflow) is null)
        {
            return;
        }

        var files = new ProjectFiles(context.Options.AdditionalFiles);
        var workflows = new ConcurrentBag<(INamedTypeSymbol Type, string Name)>();
        context.RegisterSymbolAction(symbol => Analyze(symbol, files, workflows), SymbolKind.NamedType);
        context.RegisterAdditionalFileAction(file => FileCheck.Check(file, files));
        context.RegisterCompilationEndAction(end => ProjectCheck.Check(end, files, workflows));
    }

    private static void Analyze(SymbolAnalysisContext context, ProjectFiles files, ConcurrentBag<(INamedTypeSymbol Type, string Name)> workflows)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (AttributeFacts.Find(type, AttributeNames.Workflow) is not { } attribute)
        {
            return;
        }

        workflows.Add((type, attribute.Text(0)));
        var result = WorkflowParser.Parse(type, context.Compilation, context.CancellationToken);
        foreach (var diagnostic in result.Diagnostics)
        {
            context.ReportDiagnostic(diagnostic);
        }

        var check = new CheckContext(context, type, result.Nodes, files);
        SettingCheck.Check(check, attribute);
        ContextUseCheck.Check(check);
        if (result.Spec is { } workflow)
        {
            Check(check, workflow);
        }
    }

    // Only where the workflow can be generated: what follows from an error is not worth a second message.
    private static void Check(CheckContext check, WorkflowSpec workflow)
    {
        ReachCheck.Check(check, workflow);
        StructureCheck.Check(check, workflow);
        ScoreCheck.Check(check, workflow);
        PlanCheck.Check(check, workflow);
    }
}
