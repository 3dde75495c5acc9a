using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Diagnostics;

/// <summary>What can be wrong with plan files.</summary>
internal static class PlanDescriptors
{
    private const string Category = "FlowCompile.Plan";

    /// <summary>The workflow has no plan.</summary>
    public static readonly DiagnosticDescriptor Missing = new(
        "FC0601",
        "The workflow has no plan",
        "Workflow '{0}' has no plan and runs under its default configuration; run 'dotnet flowcompile profile' to compile '{0}.flowplan.json'",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0601"));

    /// <summary>The plan is stale.</summary>
    public static readonly DiagnosticDescriptor Stale = new(
        "FC0602",
        "The plan is stale",
        "'{0}' was compiled for another graph of workflow '{1}', so the default configuration is in force; run 'dotnet flowcompile profile' again",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0602"));

    /// <summary>The plan cannot be read.</summary>
    public static readonly DiagnosticDescriptor Unreadable = new(
        "FC0603",
        "The plan cannot be read",
        "'{0}' cannot be read: {1}; delete it and run 'dotnet flowcompile compile' to write it again",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0603"));

    /// <summary>The plan's workflow is unknown.</summary>
    public static readonly DiagnosticDescriptor Orphan = new(
        "FC0604",
        "The plan's workflow is unknown",
        "'{0}' is the plan of workflow '{1}', which this project does not have; delete it, or rename it with its workflow",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0604"), customTags: WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>The plan is of a newer version.</summary>
    public static readonly DiagnosticDescriptor Newer = new(
        "FC0605",
        "The plan is of a newer version",
        "'{0}' is of plan version {1}, but this version of FlowCompile reads versions up to {2}; update FlowCompile, or delete the plan and compile it again",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0605"));

    /// <summary>The plan does not fit the workflow.</summary>
    public static readonly DiagnosticDescriptor Misfit = new(
        "FC0606",
        "The plan does not fit the workflow",
        "'{0}' does not fit its workflow: {1}; run 'dotnet flowcompile compile' to write it again",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0606"));

    /// <summary>Two plans of one workflow.</summary>
    public static readonly DiagnosticDescriptor Duplicate = new(
        "FC0607",
        "Two plans of one workflow",
        "'{0}' is a second plan of workflow '{1}', which is not used; delete it",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0607"));

    /// <summary>The plan has a setting that is not allowed.</summary>
    public static readonly DiagnosticDescriptor NotAllowed = new(
        "FC0608",
        "The plan has a setting that is not allowed",
        "'{0}' is stale, so the default configuration is in force: it runs '{1}' under {2}, which its Models, its Budgets or those of the workflow or flowcompile.json do not allow; run 'dotnet flowcompile compile' for a plan of what is allowed",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0608"));

    /// <summary>The plan names an unknown model.</summary>
    public static readonly DiagnosticDescriptor UnknownModel = new(
        "FC0609",
        "The plan names an unknown model",
        "'{0}' runs '{2}' of configuration '{1}' on the model '{3}', which flowcompile.json does not have; {4} Add it there, or run 'dotnet flowcompile compile' for a plan without it",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0609"));
}
