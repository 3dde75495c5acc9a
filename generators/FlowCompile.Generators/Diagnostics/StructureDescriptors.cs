using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Diagnostics;

/// <summary>What can be wrong with structure: replicas, repair, branches.</summary>
internal static class StructureDescriptors
{
    private const string Category = "FlowCompile.Structure";

    /// <summary>The range of replicas is wrong.</summary>
    public static readonly DiagnosticDescriptor BadReplicas = new(
        "FC0301",
        "The range of replicas is wrong",
        "'{0}' has replicas from {1} to {2}; the fewest is 0 or more, the most at least 1, at least the fewest, and at most {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0301"));

    /// <summary>The repair loop has no usable test.</summary>
    public static readonly DiagnosticDescriptor BadTest = new(
        "FC0302",
        "The repair loop has no usable test",
        "'{0}' is repaired until '{1}' passes, but {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0302"));

    /// <summary>The repair loop's attempts are wrong.</summary>
    public static readonly DiagnosticDescriptor BadAttempts = new(
        "FC0303",
        "The repair loop's attempts are wrong",
        "'{0}' has repair attempts from {1} to {2}; the fewest is 0 or more, the most at least 1, at least the fewest, and at most {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0303"));

    /// <summary>The repairer does not fit its loop.</summary>
    public static readonly DiagnosticDescriptor BadRepairer = new(
        "FC0304",
        "The repairer does not fit its loop",
        "'{0}' cannot repair what '{1}' tests: {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0304"));

    /// <summary>The branch has no usable router.</summary>
    public static readonly DiagnosticDescriptor BadRouter = new(
        "FC0305",
        "The branch has no usable router",
        "'{0}' depends on '{1}', but {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0305"));

    /// <summary>The branches have no default.</summary>
    public static readonly DiagnosticDescriptor NoDefault = new(
        "FC0306",
        "The branches have no default",
        "No branch runs where '{0}' returns none of {1}; put [Otherwise(nameof({0}))] on the node that should",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0306"));

    /// <summary>The structure space is very large.</summary>
    public static readonly DiagnosticDescriptor LargeSpace = new(
        "FC0307",
        "The structure space is very large",
        "Workflow '{0}' has {1} structure choices, more than can be compiled exactly ({2}); narrow replicas and attempts, or make fewer nodes optional",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0307"));

    /// <summary>Attributes that do not go together.</summary>
    public static readonly DiagnosticDescriptor Combination = new(
        "FC0308",
        "Attributes that do not go together",
        "'{0}' has {1}: {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0308"));

    /// <summary>A branch value is named twice.</summary>
    public static readonly DiagnosticDescriptor RepeatedValue = new(
        "FC0309",
        "A branch value is named twice",
        "[When] of '{0}' names the value {1} twice; name each once",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0309"));

    /// <summary>The branch names no values.</summary>
    public static readonly DiagnosticDescriptor NoValues = new(
        "FC0310",
        "The branch names no values",
        "[When] of '{0}' names no values; name those for which it runs, or use [Otherwise]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0310"));

    /// <summary>A node requires one of another branch.</summary>
    public static readonly DiagnosticDescriptor ForeignBranch = new(
        "FC0311",
        "A node requires one of another branch",
        "'{0}' of '{1}' requires '{2}', which runs only in a branch of '{3}'; put '{1}' into the same branch, or read it with [FromAny]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0311"));
}
