using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Tests.Run.Golden.Planned;

namespace FlowCompile.Tests.Run;

/// <summary>Plans of the math workflow, made in tests.</summary>
internal static class Plans
{
    /// <summary>A plan of configurations as text, <c>DetailedSolver=a@0 Select=b@16</c>, each slower and more accurate than the one before.</summary>
    public static WorkflowPlan Of(params string[] configurations) => new(
        "math", MathWorkflow.Graph.Hash, "independent", "parallel", [.. configurations.Select(Parse)], provenance: null);

    /// <summary>A plan of random structures and settings over some models.</summary>
    public static WorkflowPlan Random(Random random, string[] models)
    {
        var graph = MathWorkflow.Graph;
        var structures = new StructureSpace(graph).Enumerate().ToList();
        var configurations = new List<WorkflowConfiguration>();
        var accuracy = 0.0;
        for (var i = random.Next(1, 9); i >= 0; i--)
        {
            var structure = structures[random.Next(structures.Count)];
            accuracy += random.NextDouble();
            configurations.Add(new WorkflowConfiguration(
                $"c{configurations.Count + 1:00}",
                structure,
                [.. graph.Nodes.Select((node, n) => node.Kind == NodeKind.SubAgent && structure.IsActive(n)
                    ? new Setting(models[random.Next(models.Length)], random.Next(2) * 16)
                    : (Setting?)null)],
                new Estimate { Accuracy = accuracy / 20, LatencySeconds = (configurations.Count + random.NextDouble()) * 0.1 }));
        }

        return new WorkflowPlan("math", graph.Hash, "independent", "parallel", configurations, provenance: null);
    }

    /// <summary>The plan with what was measured of its cells.</summary>
    public static WorkflowPlan WithCells(this WorkflowPlan plan, params PlanCell[] cells) =>
        new(plan.Workflow, plan.GraphHash, plan.Proxy, plan.Schedule, plan.Configurations, plan.Provenance) { Cells = cells };

    private static WorkflowConfiguration Parse(string text, int position)
    {
        var graph = MathWorkflow.Graph;
        var settings = new Setting?[graph.Nodes.Count];
        var counts = new int[graph.Nodes.Count];
        foreach (var part in text.Split(' '))
        {
            var (name, setting) = (part[..part.IndexOf('=', StringComparison.Ordinal)], part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            var node = graph.IndexOf(name.Split('*')[0]);
            counts[node] = name.Contains('*', StringComparison.Ordinal) ? name[^1] - '0' : 1;
            settings[node] = Setting.Parse(setting);
        }

        counts[graph.IndexOf("Evaluate")] = counts[graph.IndexOf("RefineSolver")];
        return new WorkflowConfiguration(
            $"c{position + 1:00}",
            WorkflowStructure.Create(graph, counts),
            settings,
            new Estimate { Accuracy = 0.5 + (0.01 * position), LatencySeconds = 0.1 * (position + 1) });
    }
}
