using System.Collections.Immutable;
using FlowCompile.Generators.Emit;
using FlowCompile.Generators.Model;
using FlowCompile.Generators.Parsing;
using FlowCompile.Generators.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowCompile.Generators;

/// <summary>Emits, for every class with <c>[Workflow]</c>, its graph, its dispatch and the table of its compiled plan.</summary>
/// <remarks>It reports nothing: the analyzers read through the same parser and report with locations that <c>#pragma</c> reaches.</remarks>
[Generator(LanguageNames.CSharp)]
public sealed class WorkflowGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // The classes with [Workflow], as frozen models.
        var workflows = context.SyntaxProvider
            .ForAttributeWithMetadataName(AttributeNames.Workflow, static (node, _) => node is TypeDeclarationSyntax, Read)
            .Where(static workflow => workflow is not null)
            .Select(static (workflow, _) => workflow!)
            .WithTrackingName(TrackingNames.Workflows);

        // The compiled plans beside the project.
        var plans = context.AdditionalTextsProvider
            .Where(static file => FileNames.IsPlan(file.Path))
            .Select(ReadPlan)
            .Where(static plan => plan is not null)
            .Select(static (plan, _) => plan!)
            .WithTrackingName(TrackingNames.Plans)
            .Collect();

        // flowcompile.json, for what runs while there is no plan.
        var settings = context.AdditionalTextsProvider
            .Where(static file => FileNames.IsSettings(file.Path))
            .Select(ReadSettings)
            .WithTrackingName(TrackingNames.Settings)
            .Collect();

        // Each workflow with the plan that fits its graph, else with its default configuration.
        var bound = workflows
            .Combine(plans)
            .Combine(settings)
            .Select(static (input, _) => Bind(input.Left.Left, input.Left.Right, input.Right))
            .Where(static workflow => workflow is not null)
            .Select(static (workflow, _) => workflow!)
            .WithTrackingName(TrackingNames.BoundWorkflows);

        context.RegisterSourceOutput(bound, static (output, workflow) => WorkflowEmitter.Emit(output, workflow));
    }

    private static WorkflowSpec? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        context.TargetSymbol is INamedTypeSymbol type && WorkflowParser.IsFirstDeclaration(type, context.TargetNode) ? WorkflowParser.Parse(type, context.SemanticModel.Compilation, cancellationToken).Spec : null;

    private static PlanFile? ReadPlan(AdditionalText file, CancellationToken cancellationToken) =>
        file.GetText(cancellationToken) is { } text && PlanReader.TryRead(text.ToString(), out _) is { } plan ? new PlanFile(file.Path, plan) : null;

    private static SettingsDocument? ReadSettings(AdditionalText file, CancellationToken cancellationToken) =>
        file.GetText(cancellationToken) is { } text ? SettingsReader.TryRead(text.ToString(), out _) : null;

    private static BoundWorkflow? Bind(WorkflowSpec workflow, ImmutableArray<PlanFile> plans, ImmutableArray<SettingsDocument?> settings) =>
        WorkflowBinder.TryBind(workflow, plans, settings.FirstOrDefault(document => document is not null));
}
