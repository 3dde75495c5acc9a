using System.Collections.Immutable;
using System.Text;
using FlowCompile.Generators.Caching;
using FlowCompile.Generators.Code;
using FlowCompile.Generators.Emit;
using FlowCompile.Generators.Model;
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
        // The classes with [Workflow], as frozen models. ForAttributeWithMetadataName would bind every one of them with every key pressed.
        var workflows = context.SyntaxProvider
            .CreateSyntaxProvider(
                static (node, _) => node is TypeDeclarationSyntax { AttributeLists.Count: > 0 },
                static (syntax, cancellationToken) => WorkflowCache.GetOrRead((TypeDeclarationSyntax)syntax.Node, syntax.SemanticModel, cancellationToken))
            .SelectMany(static (workflow, _) => OneOrNone(workflow))
            .WithTrackingName(TrackingNames.Workflows);

        // The compiled plans beside the project.
        var plans = context.AdditionalTextsProvider
            .Where(static file => FileNames.IsPlan(file.Path))
            .SelectMany(static (file, cancellationToken) => OneOrNone(ReadPlan(file, cancellationToken)))
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
            .Combine(plans.Combine(settings))
            .SelectMany(static (input, _) => OneOrNone(Bind(input.Left, input.Right.Left, input.Right.Right)))
            .WithTrackingName(TrackingNames.BoundWorkflows);

        context.RegisterSourceOutput(bound, static (output, workflow) => WorkflowEmitter.Emit(output, workflow));

        // What the nodes' sources say, for the profiler. It takes the bodies, so editors leave it out: nothing that is typed depends on it.
        var code = workflows
            .Combine(context.CompilationProvider)
            .SelectMany(static (input, cancellationToken) => OneOrNone(CodeReader.Read(input.Left, input.Right, cancellationToken)))
            .WithTrackingName(TrackingNames.Code);

        context.RegisterImplementationSourceOutput(code, static (output, one) => output.AddSource($"{one.HintName}.Code.g.cs", Microsoft.CodeAnalysis.Text.SourceText.From(CodeEmitter.Emit(one), Encoding.UTF8)));
    }

    private static PlanFile? ReadPlan(AdditionalText file, CancellationToken cancellationToken) =>
        file.GetText(cancellationToken) is { } text && PlanReader.TryRead(text.ToString(), out _) is { } plan ? new PlanFile(file.Path, plan) : null;

    private static SettingsDocument? ReadSettings(AdditionalText file, CancellationToken cancellationToken) =>
        file.GetText(cancellationToken) is { } text ? SettingsReader.TryRead(text.ToString(), out _) : null;

    private static BoundWorkflow? Bind(WorkflowSpec workflow, ImmutableArray<PlanFile> plans, ImmutableArray<SettingsDocument?> settings) =>
        WorkflowBinder.TryBind(workflow, plans, settings.FirstOrDefault(document => document is not null));

    // One step where a filter and a cast would be two: every step looks at every workflow with every key pressed.
    private static ImmutableArray<T> OneOrNone<T>(T? value)
        where T : class =>
        value is null ? ImmutableArray<T>.Empty : ImmutableArray.Create(value);
}
