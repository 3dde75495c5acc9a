using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Diagnostics;

/// <summary>What can be wrong between nodes.</summary>
internal static class EdgeDescriptors
{
    private const string Category = "FlowCompile.Edge";

    /// <summary>The upstream is unknown.</summary>
    public static readonly DiagnosticDescriptor UnknownUpstream = new(
        "FC0201",
        "The upstream is unknown",
        "'{0}' of '{1}' reads '{2}', but the workflow has no such node; {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0201"));

    /// <summary>The upstream's type does not fit the parameter.</summary>
    public static readonly DiagnosticDescriptor MistypedUpstream = new(
        "FC0202",
        "The upstream's type does not fit the parameter",
        "'{0}' of '{1}' is of type '{2}', but its upstream '{3}' returns '{4}'; change one of them",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0202"));

    /// <summary>The node reads its own output.</summary>
    public static readonly DiagnosticDescriptor SelfReference = new(
        "FC0203",
        "The node reads its own output",
        "'{0}' of '{1}' reads the output of '{1}' itself; name another upstream, or use [RetryUntil] for a bounded repair loop",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0203"));

    /// <summary>The workflow has a cycle.</summary>
    public static readonly DiagnosticDescriptor Cycle = new(
        "FC0204",
        "The workflow has a cycle",
        "Workflow '{0}' has a cycle: {1}; a node cannot wait for its own output",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0204"));

    /// <summary>An input has two types.</summary>
    public static readonly DiagnosticDescriptor InputTypes = new(
        "FC0205",
        "An input has two types",
        "Input '{0}' of the workflow is of type '{1}' in '{2}' and of type '{3}' in '{4}'; use one type, or give the inputs different names",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0205"));

    /// <summary>The case has no such input.</summary>
    public static readonly DiagnosticDescriptor UnknownInput = new(
        "FC0206",
        "The case has no such input",
        "Parameter '{0}' of '{1}' is an input of the workflow, but the case type '{2}' has no member of that name; rename it, or read an upstream with [From]",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0206"));

    /// <summary>The candidate list has the wrong type.</summary>
    public static readonly DiagnosticDescriptor NotAList = new(
        "FC0207",
        "The candidate list has the wrong type",
        "'{0}' of '{1}' receives a candidate list, but is of type '{2}'; make it an IReadOnlyList of the candidates' type",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0207"));

    /// <summary>The minimum of candidates can never be met.</summary>
    public static readonly DiagnosticDescriptor MinBranches = new(
        "FC0208",
        "The minimum of candidates can never be met",
        "'{0}' of '{1}' asks for {2} candidates, but {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0208"));

    /// <summary>A replicated node is read as a single value.</summary>
    public static readonly DiagnosticDescriptor ReplicatedUpstream = new(
        "FC0209",
        "A replicated node is read as a single value",
        "'{0}' of '{1}' reads '{2}' with [From], but '{2}' runs up to {3} times; read it with [FromAny], or set its replicas to 1",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0209"));

    /// <summary>The parameter has two sources.</summary>
    public static readonly DiagnosticDescriptor SeveralBindings = new(
        "FC0210",
        "The parameter has two sources",
        "'{0}' of '{1}' has both [From] and [FromAny]; leave one",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0210"));

    /// <summary>The node has two candidate lists.</summary>
    public static readonly DiagnosticDescriptor SeveralLists = new(
        "FC0211",
        "The node has two candidate lists",
        "'{0}' has more than one candidate list; put all candidates into one [FromAny]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0211"));

    /// <summary>A candidate is named twice.</summary>
    public static readonly DiagnosticDescriptor RepeatedCandidate = new(
        "FC0212",
        "A candidate is named twice",
        "'{0}' of '{1}' names the candidate '{2}' twice; name each upstream once",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0212"));

    /// <summary>The candidate list is empty.</summary>
    public static readonly DiagnosticDescriptor NoCandidates = new(
        "FC0213",
        "The candidate list is empty",
        "'{0}' of '{1}' names no candidates; name the upstreams in [FromAny]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0213"));

    /// <summary>Nobody reads the node's output.</summary>
    public static readonly DiagnosticDescriptor UnreadNode = new(
        "FC0214",
        "Nobody reads the node's output",
        "Nobody reads the output of '{0}', so it never runs; read it in another node, make it the [Output], or remove it",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0214"));

    /// <summary>The output does not depend on the node.</summary>
    public static readonly DiagnosticDescriptor UnreachableNode = new(
        "FC0215",
        "The output does not depend on the node",
        "'{0}' is read only by nodes that the output does not need, so it never runs; read it on the way to '{1}', or remove it",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0215"));

    /// <summary>The parameter cannot be bound.</summary>
    public static readonly DiagnosticDescriptor BadParameter = new(
        "FC0216",
        "The parameter cannot be bound",
        "'{0}' of '{1}' cannot be bound: {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0216"));

    /// <summary>The selector's result is of another type than its candidates.</summary>
    public static readonly DiagnosticDescriptor PassedType = new(
        "FC0217",
        "The selector's result is of another type than its candidates",
        "'{0}' hands its only candidate on without running where it has just one, but it returns '{1}' and its candidates are '{2}'; return the candidates' type, or set MinBranches to 1",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0217"));

    /// <summary>The candidate list cannot end early.</summary>
    public static readonly DiagnosticDescriptor Agreement = new(
        "FC0218",
        "The candidate list cannot end early",
        "'{0}' of '{1}' cannot end early: {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0218"));

    /// <summary>The parameter takes no null, but its upstream may give one.</summary>
    public static readonly DiagnosticDescriptor NullableUpstream = new(
        "FC0219",
        "The upstream may give a null that the parameter does not take",
        "'{0}' of '{1}' is of type '{2}', but its upstream '{3}' returns '{4}'; make the parameter nullable, or let '{3}' return no null",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: DescriptorHelper.HelpLink("FC0219"));
}
