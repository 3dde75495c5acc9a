using FlowCompile.Generators.Diagnostics;
using FlowCompile.Generators.Model;
using FlowCompile.Graph;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Parsing;

/// <summary>Reads <c>[RetryUntil]</c> and finds the parts of its loop: the test, and the upstream that is tested and repaired.</summary>
internal static class RepairBinder
{
    public static void Bind(ParseContext context, NodeIndex index)
    {
        foreach (var node in index.Nodes)
        {
            if (AttributeFacts.Find(node.Method, AttributeNames.RetryUntil) is { } attribute)
            {
                Bind(context, index, node, attribute);
            }
        }
    }

    private static void Bind(ParseContext context, NodeIndex index, NodeDraft node, AttributeFacts attribute)
    {
        var location = attribute.Location(context.CancellationToken);
        var (min, max) = (attribute.Named("MinAttempts", 0), attribute.Named("MaxAttempts", 1));
        if (min < 0 || max < 1 || max < min || max > ReplicaParser.Most)
        {
            context.Report(StructureDescriptors.BadAttempts, location, node.Name, min, max, ReplicaParser.Most);
        }

        if (Clash(node) is { } clash)
        {
            context.Report(StructureDescriptors.Combination, location, node.Name, $"{clash} and [RetryUntil]", "attempts from 0 make repair optional, and it runs once at a time; remove one");
        }

        var name = attribute.Text(0);
        var test = index.Find(name);
        if (TestProblem(context, index, name, test) is { } problem)
        {
            var facts = test is null ? index.Correction(name) : new FixFacts();
            context.Report(StructureDescriptors.BadTest, attribute.ArgumentLocation(0, context.CancellationToken), facts, node.Name, name, problem);
            return;
        }

        var target = Target(node, test!, index);
        if (target is null)
        {
            context.Report(
                StructureDescriptors.BadRepairer,
                location,
                node.Name,
                name,
                $"it has no [From] parameter of its own result type that '{name}' reads as well; read the value to repair with [From] in both");
            return;
        }

        node.Repair = new RepairSpec(name, target, min, max);
        node.HasSameSettings = attribute.Named("Same", false);
    }

    private static string? Clash(NodeDraft node) =>
        node.Kind == NodeKind.Tool ? "[Tool]" : node.IsOptional ? "Optional" : node.MaxReplicas != 1 || node.MinReplicas != 1 ? "[Replicas]" : null;

    private static string? TestProblem(ParseContext context, NodeIndex index, string name, NodeDraft? test)
    {
        if (test is null)
        {
            return $"the workflow has no such node; {index.Suggest(name)}";
        }

        if (test.Kind != NodeKind.Tool)
        {
            return "that is no [Tool]; a test is deterministic code";
        }

        return test.Result is { } result && (result.SpecialType == SpecialType.System_Boolean || IsTestResult(result))
            ? null
            : "that returns neither bool nor an ITestResult; return one of them";
    }

    private static bool IsTestResult(ITypeSymbol type) => type.Is(AttributeNames.TestResult) || type.AllInterfaces.Any(face => face.Is(AttributeNames.TestResult));

    private static string? Target(NodeDraft node, NodeDraft test, NodeIndex index) => node.Parameters
        .Where(parameter => parameter.Role == ParameterRole.Upstream && SymbolEqualityComparer.Default.Equals(parameter.ValueType, node.Result))
        .Select(parameter => parameter.Sources[0])
        .FirstOrDefault(source => SymbolEqualityComparer.Default.Equals(index.Find(source)?.Result, node.Result)
            && test.Parameters.Any(parameter => parameter.Role == ParameterRole.Upstream && parameter.Sources[0] == source));
}
