using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Diagnostics;

/// <summary>What can be wrong with score methods.</summary>
internal static class ScoreDescriptors
{
    private const string Category = "FlowCompile.Score";

    /// <summary>The score method has the wrong shape.</summary>
    public static readonly DiagnosticDescriptor BadShape = new(
        "FC0501",
        "The score method has the wrong shape",
        "Score method '{0}' {1}; write 'static double {0}(TCase expected, TOutput output)'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0501"));

    /// <summary>The workflow has no score.</summary>
    public static readonly DiagnosticDescriptor NoScore = new(
        "FC0502",
        "The workflow has no score",
        "Workflow '{0}' has no score, so it cannot be profiled; add '[Score] static double Score(TCase expected, {1} output)'",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0502"));

    /// <summary>The score method names no node.</summary>
    public static readonly DiagnosticDescriptor UnknownNode = new(
        "FC0503",
        "The score method names no node",
        "Score method '{0}' scores '{1}', but the workflow has no such node; {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0503"));

    /// <summary>The score method does not fit what it scores.</summary>
    public static readonly DiagnosticDescriptor BadOutput = new(
        "FC0504",
        "The score method does not fit what it scores",
        "Score method '{0}' takes an output of type '{1}', but '{2}' returns '{3}'; change the second parameter",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0504"));

    /// <summary>Two score methods score the same.</summary>
    public static readonly DiagnosticDescriptor Several = new(
        "FC0505",
        "Two score methods score the same",
        "'{0}' and '{1}' both score {2}; leave one",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0505"));

    /// <summary>The score methods take different cases.</summary>
    public static readonly DiagnosticDescriptor CaseTypes = new(
        "FC0506",
        "The score methods take different cases",
        "Score method '{0}' takes a case of type '{1}', but '{2}' takes '{3}'; a workflow has one type of case",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0506"));
}
