using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Analyzers;

/// <summary>What other analyzers say of a workflow that would break it, or that says nothing there.</summary>
internal static class Suppressions
{
    /// <summary>A node that uses nothing of its instance.</summary>
    public static readonly SuppressionDescriptor StaticNode = new(
        "FCS001", "CA1822", "A node belongs to its workflow's instance, whether it uses anything of it or not, and gains nothing from being static");

    /// <summary>A parameter that the body does not read.</summary>
    public static readonly SuppressionDescriptor UnusedParameter = new(
        "FCS002", "IDE0060", "The parameter is an edge or an input of the workflow, or part of a score method's shape; without it the workflow is another one, or none");

    /// <summary>A private node that only generated code calls.</summary>
    public static readonly SuppressionDescriptor UnusedMember = new(
        "FCS003", "IDE0051", "Generated code calls the method, or will as soon as the workflow has no error");

    /// <summary>A case that only the profiler makes, or a workflow that only services make.</summary>
    public static readonly SuppressionDescriptor UnmadeType = new(
        "FCS004", "CA1812", "The profiler reads cases, and what they are made of, from a file; services make a workflow, or will as soon as it has no error");

    /// <summary>A parameter that only the dispatch gives.</summary>
    public static readonly SuppressionDescriptor UncheckedParameter = new(
        "FCS005", "CA1062", "The workflow's dispatch gives the parameter, and never a null that its type does not allow");

    /// <summary>All of them.</summary>
    public static ImmutableArray<SuppressionDescriptor> List { get; } = ImmutableArray.Create(StaticNode, UnusedParameter, UnusedMember, UnmadeType, UncheckedParameter);

    /// <summary>The one for a rule.</summary>
    public static SuppressionDescriptor? Of(string rule) => List.FirstOrDefault(suppression => suppression.SuppressedDiagnosticId == rule);
}
