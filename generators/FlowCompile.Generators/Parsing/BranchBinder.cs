using FlowCompile.Generators.Diagnostics;
using FlowCompile.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FlowCompile.Generators.Parsing;

/// <summary>Reads <c>[When]</c> and <c>[Otherwise]</c>, and checks that no node requires one of another branch.</summary>
internal static class BranchBinder
{
    public static void Bind(ParseContext context, NodeIndex index)
    {
        foreach (var node in index.Nodes)
        {
            var when = AttributeFacts.Find(node.Method, AttributeNames.When);
            var otherwise = AttributeFacts.Find(node.Method, AttributeNames.Otherwise);
            if ((when ?? otherwise) is not { } attribute)
            {
                continue;
            }

            Check(context, node, attribute, both: when is not null && otherwise is not null);
            var router = attribute.Text(0);
            if (Problem(index, node, router) is { } problem)
            {
                var facts = router != node.Name && index.Find(router) is null ? index.Correction(router) : new FixFacts();
                context.Report(StructureDescriptors.BadRouter, attribute.ArgumentLocation(0, context.CancellationToken), facts, node.Name, router, problem);
                continue;
            }

            node.Branch = when is null
                ? new BranchSpec(router, default, IsOtherwise: true)
                : new BranchSpec(router, BranchValues.Read(context, node, when, index.Find(router)!).Freeze(), IsOtherwise: false);
        }

        CompleteDefaults(index);
        CheckDefaults(context, index);
        CheckEdges(context, index);
    }

    private static void Check(ParseContext context, NodeDraft node, AttributeFacts attribute, bool both)
    {
        var location = attribute.Location(context.CancellationToken);
        if (both)
        {
            context.Report(StructureDescriptors.Combination, location, node.Name, "[When] and [Otherwise]", "a node is in one branch; leave one");
        }

        if (AttributeFacts.Find(node.Method, AttributeNames.Output) is not null)
        {
            context.Report(
                StructureDescriptors.Combination, location, node.Name, "[Output] and a branch", "the workflow would have no output elsewhere; gather the branches with [FromAny]");
        }
    }

    private static string? Problem(NodeIndex index, NodeDraft node, string router) =>
        router == node.Name ? "that is the node itself; name another"
        : index.Find(router) is not { } upstream ? $"the workflow has no such node; {index.Suggest(router)}"
        : upstream.MaxReplicas > 1 ? "that runs several times, so it returns no single value; set its replicas to 1"
        : upstream.Branch is not null && upstream.Branch.Router == node.Name ? "that depends on this node; take one of the branches away"
        : null;

    /// <summary>The default branch runs for every value that no other branch of the router names.</summary>
    private static void CompleteDefaults(NodeIndex index)
    {
        foreach (var node in index.Nodes.Where(node => node.Branch is { IsOtherwise: true }))
        {
            var values = index.Nodes.Where(other => other.Branch is { IsOtherwise: false } branch && branch.Router == node.Branch!.Router)
                .SelectMany(other => other.Branch!.Values).Distinct();
            node.Branch = node.Branch! with { Values = values.Freeze() };
        }
    }

    private static void CheckDefaults(ParseContext context, NodeIndex index)
    {
        foreach (var branches in index.Nodes.Where(node => node.Branch is not null).GroupBy(node => node.Branch!.Router))
        {
            var router = index.Find(branches.Key)!;
            var values = branches.SelectMany(node => node.Branch!.Values).Distinct().ToList();
            if (branches.All(node => !node.Branch!.IsOtherwise) && values.Count > 0 && !BranchValues.AreComplete(router.Result, values.Count))
            {
                var list = string.Join(", ", values.Select(value => value.Name));
                context.Report(StructureDescriptors.NoDefault, router.Method.LocationOr(context.TypeLocation), Defaults(branches, context.CancellationToken), branches.Key, list);
            }
        }
    }

    /// <summary>
    /// The branches that can become the default and still run wherever they did: no other branch names one of their values, and one is
    /// left. The last declared comes first.
    /// </summary>
    private static FixFacts Defaults(IEnumerable<NodeDraft> branches, CancellationToken cancellationToken)
    {
        var groups = branches.GroupBy(node => node.Branch!.Values.OrderBy(value => value.Code, StringComparer.Ordinal).Freeze()).ToList();
        var choices = groups
            .Where(group => groups.Count > 1 && groups.All(other => other == group || !other.Key.Intersect(group.Key).Any()))
            .Where(group => group.All(node => AttributeFacts.Find(node.Method, AttributeNames.When)?.Location(cancellationToken) is { IsInSource: true }))
            .Reverse()
            .ToList();
        var facts = new FixFacts();
        if (choices.Count == 0)
        {
            return facts;
        }

        foreach (var node in choices.SelectMany(group => group))
        {
            facts.At(AttributeFacts.Find(node.Method, AttributeNames.When)!.Location(cancellationToken));
        }

        return facts
            .With(FixFacts.Nodes, string.Join(",", choices.Select(group => string.Join("' and '", group.Select(node => node.Name)))))
            .With(FixFacts.Places, choices.Select(group => group.Count()));
    }

    private static void CheckEdges(ParseContext context, NodeIndex index)
    {
        foreach (var node in index.Nodes)
        {
            foreach (var parameter in node.Parameters.Where(parameter => parameter.Role == ParameterRole.Upstream))
            {
                if (index.Find(parameter.Sources[0])?.Branch is { } branch && !IsWithin(node.Branch, branch))
                {
                    context.Report(
                        StructureDescriptors.ForeignBranch,
                        parameter.Attribute!.ArgumentLocation(0, context.CancellationToken),
                        parameter.Symbol.Name,
                        node.Name,
                        parameter.Sources[0],
                        branch.Router);
                }
            }
        }
    }

    private static bool IsWithin(BranchSpec? inner, BranchSpec outer) => inner is not null
        && inner.Router == outer.Router
        && inner.IsOtherwise == outer.IsOtherwise
        && (inner.IsOtherwise || inner.Values.All(value => outer.Values.Contains(value)));
}
