using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Diagnostics;

/// <summary>What can be wrong with a workflow as a whole.</summary>
internal static class WorkflowDescriptors
{
    private const string Category = "FlowCompile.Workflow";

    /// <summary>The workflow class is not partial.</summary>
    public static readonly DiagnosticDescriptor NotPartial = new(
        "FC0001",
        "The workflow class is not partial",
        "Workflow class '{0}' is not partial, so nothing can be generated into it; declare '{1}' as partial",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0001"));

    /// <summary>Nothing can be generated into the workflow's type.</summary>
    public static readonly DiagnosticDescriptor NotGeneratable = new(
        "FC0002",
        "Nothing can be generated into the workflow's type",
        "Nothing can be generated for workflow '{0}': {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0002"));

    /// <summary>Two workflows have one name.</summary>
    public static readonly DiagnosticDescriptor DuplicateName = new(
        "FC0003",
        "Two workflows have one name",
        "Workflow name '{0}' is taken by '{1}'; a name is unique in the assembly, because it names the plan's file",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0003"), customTags: WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>The workflow's name cannot name a file.</summary>
    public static readonly DiagnosticDescriptor BadName = new(
        "FC0004",
        "The workflow's name cannot name a file",
        "'{0}' cannot name a workflow: the name is part of a file's name, so use letters, digits, '-', '_' and '.'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0004"));

    /// <summary>The workflow has no output.</summary>
    public static readonly DiagnosticDescriptor NoOutput = new(
        "FC0005",
        "The workflow has no output",
        "Workflow '{0}' has no output; put [Output] on the sub-agent or tool whose result is the workflow's",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0005"));

    /// <summary>The workflow has several outputs.</summary>
    public static readonly DiagnosticDescriptor SeveralOutputs = new(
        "FC0006",
        "The workflow has several outputs",
        "Workflow '{0}' has several outputs: {1}; leave [Output] on one of them",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0006"));

    /// <summary>Two nodes have one name.</summary>
    public static readonly DiagnosticDescriptor DuplicateNode = new(
        "FC0007",
        "Two nodes have one name",
        "'{0}' is the name of two nodes; a node is named by its method, so give each method a name of its own",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0007"));

    /// <summary>A member has the name of a generated one.</summary>
    public static readonly DiagnosticDescriptor ReservedName = new(
        "FC0008",
        "A member has the name of a generated one",
        "'{0}' is generated into workflow class '{1}'; rename {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0008"));

    /// <summary>The workflow class is generic.</summary>
    public static readonly DiagnosticDescriptor Generic = new(
        "FC0009",
        "The workflow class is generic",
        "Workflow class '{0}' has type parameters, or is within a type that has, so it cannot be measured; put the nodes into a generic base class, and [Workflow] on a class that derives from it for each type",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0009"));

    /// <summary>Nothing can make the workflow.</summary>
    public static readonly DiagnosticDescriptor NoFactory = new(
        "FC0010",
        "Nothing can make the workflow",
        "Workflow class '{0}' has no constructor without parameters, or has required members, so it can be neither measured nor added to services; add [WorkflowFactory] static {0} Create(IServiceProvider services)",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0010"));

    /// <summary>The factory has the wrong shape.</summary>
    public static readonly DiagnosticDescriptor BadFactory = new(
        "FC0011",
        "The factory has the wrong shape",
        "'{0}' cannot make workflow '{1}': {2}; a factory is static {1} {0}(IServiceProvider services)",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0011"));
}
