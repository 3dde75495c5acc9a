using System.Globalization;
using FlowCompile.Graph;

namespace FlowCompile.Compilation.Benchmarks;

/// <summary>Graphs that grow, with a hundred settings for each sub-agent.</summary>
internal static class Shapes
{
    private const int Settings = 100;
    private const int Branches = 3;

    public static ProfileTable Create(Shape shape, int count)
    {
        var nodes = shape switch
        {
            Shape.Chain => Chain(count),
            Shape.ForkJoin => ForkJoin(count),
            _ => Ladder(count),
        };
        var random = new Random(7);
        return new ProfileTable(
            new WorkflowGraph("growth", nodes, nodes[^1].Name),
            nodes.ToDictionary(node => node.Name, _ => (IReadOnlyList<SettingProfile>)[.. Enumerable.Range(0, Settings).Select(budget => Row(random, budget))]));
    }

    // Accuracy grows with the logarithm of the time spent, with some noise: most settings are worth their time for somebody.
    private static SettingProfile Row(Random random, int budget)
    {
        var seconds = 0.05 * Math.Exp(5 * random.NextDouble());
        var accuracy = 0.85 + (0.028 * Math.Log(seconds / 0.05)) - (0.005 * random.NextDouble());
        return new SettingProfile(new Setting("model", budget), accuracy, seconds, 0, Settings);
    }

    private static List<GraphNode> Chain(int count) => [.. Enumerable.Range(0, count).Select(i => i == 0 ? Node(i) : Node(i, From(i - 1)))];

    // One, three side by side of which any will do, one, ...
    private static List<GraphNode> ForkJoin(int count)
    {
        var nodes = new List<GraphNode> { Node(0) };
        while (nodes.Count < count)
        {
            var fork = nodes.Count - 1;
            var branches = Math.Min(Branches, count - nodes.Count - 1);
            for (var i = 0; i < branches; i++)
            {
                nodes.Add(Node(nodes.Count, From(fork)));
            }

            nodes.Add(branches == 0
                ? Node(nodes.Count, From(fork))
                : Node(nodes.Count, GraphInput.FromCandidates("candidates", "string", [.. Enumerable.Range(fork + 1, branches).Select(Name)])));
        }

        return nodes;
    }

    // Two rails, each step of the second also requires that of the first.
    private static List<GraphNode> Ladder(int count) => [.. Enumerable.Range(0, count).Select(i =>
        i == 0 ? Node(i) : i == 1 ? Node(i, From(0)) : i % 2 == 0 ? Node(i, From(i - 2)) : Node(i, From(i - 2), From(i - 1)))];

    private static GraphNode Node(int index, params GraphInput[] inputs) =>
        new(Name(index), NodeKind.SubAgent, "string", inputs.Length == 0 ? [GraphInput.FromWorkflow("problem", "string")] : inputs);

    private static GraphInput From(int index) => GraphInput.FromUpstream("from" + index.ToString(CultureInfo.InvariantCulture), "string", Name(index));

    private static string Name(int index) => "N" + index.ToString(CultureInfo.InvariantCulture);
}
