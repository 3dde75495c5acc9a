using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Diagnostics;

/// <summary>Every diagnostic that there is.</summary>
internal static class AllDescriptors
{
    private static readonly Type[] s_groups =
    [
        typeof(WorkflowDescriptors), typeof(NodeDescriptors), typeof(EdgeDescriptors), typeof(StructureDescriptors),
        typeof(SettingDescriptors), typeof(ScoreDescriptors), typeof(PlanDescriptors),
    ];

    public static ImmutableArray<DiagnosticDescriptor> List { get; } = ImmutableArray.CreateRange(s_groups
        .SelectMany(group => group.GetFields(BindingFlags.Public | BindingFlags.Static))
        .Select(field => field.GetValue(null))
        .OfType<DiagnosticDescriptor>());
}
