using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Diagnostics;

/// <summary>What can be wrong with a sub-agent or a tool.</summary>
internal static class NodeDescriptors
{
    private const string Category = "FlowCompile.Node";

    /// <summary>The sub-agent has no context.</summary>
    public static readonly DiagnosticDescriptor NoContext = new(
        "FC0101",
        "The sub-agent has no context",
        "Sub-agent '{0}' has no SubAgentContext parameter, so it cannot call its model; add one, or make it a [Tool]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0101"));

    /// <summary>The sub-agent never uses its context.</summary>
    public static readonly DiagnosticDescriptor UnusedContext = new(
        "FC0102",
        "The sub-agent never uses its context",
        "Sub-agent '{0}' never uses '{1}', so none of its settings makes a difference; call the model through it, or make the method a [Tool]",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0102"));

    /// <summary>The tool takes a context.</summary>
    public static readonly DiagnosticDescriptor ToolWithContext = new(
        "FC0103",
        "The tool takes a context",
        "Tool '{0}' takes a SubAgentContext, but a tool calls no model; remove the parameter, or make it a [SubAgent]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0103"));

    /// <summary>The node's return type is unusable.</summary>
    public static readonly DiagnosticDescriptor BadResult = new(
        "FC0104",
        "The node's return type is unusable",
        "'{0}' returns '{1}': {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0104"));

    /// <summary>The sub-agent takes no cancellation token.</summary>
    public static readonly DiagnosticDescriptor NoCancellationToken = new(
        "FC0105",
        "The sub-agent takes no cancellation token",
        "Sub-agent '{0}' takes no CancellationToken, so its call goes on after the run is cancelled; add the parameter and pass it to the call",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0105"));

    /// <summary>The method cannot be a node.</summary>
    public static readonly DiagnosticDescriptor BadMethod = new(
        "FC0106",
        "The method cannot be a node",
        "'{0}' cannot be a node: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0106"));

    /// <summary>The method is both a sub-agent and a tool.</summary>
    public static readonly DiagnosticDescriptor BothKinds = new(
        "FC0107",
        "The method is both a sub-agent and a tool",
        "'{0}' is both a sub-agent and a tool; leave one of [SubAgent] and [Tool]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0107"));

    /// <summary>The attribute needs a node.</summary>
    public static readonly DiagnosticDescriptor NotANode = new(
        "FC0108",
        "The attribute needs a node",
        "[{0}] has no meaning on '{1}', which is no node; add [SubAgent] or [Tool]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0108"));

    /// <summary>The method takes a parameter twice.</summary>
    public static readonly DiagnosticDescriptor RepeatedContext = new(
        "FC0109",
        "The method takes a parameter twice",
        "'{0}' takes more than one {1}; leave one",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0109"));
}
