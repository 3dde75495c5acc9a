using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>Short ways to write small graphs, and plans as accuracies and seconds.</summary>
internal static class NamedInstances
{
    public static GraphNode Agent(string name, params string[] upstreams) => new(name, NodeKind.SubAgent, "string", Inputs(upstreams));

    public static GraphNode Tool(string name, params string[] upstreams) => new(name, NodeKind.Tool, "string", Inputs(upstreams));

    public static GraphNode Any(string name, int min, params string[] candidates) => new(name, NodeKind.SubAgent, "string", List(min, candidates));

    public static GraphNode AnyTool(string name, int min, params string[] candidates) => new(name, NodeKind.Tool, "string", List(min, candidates));

    /// <summary>A repairer of a target, and its test.</summary>
    public static GraphNode[] Fix(string name, string target, int maxAttempts) =>
    [
        new($"{name}Test", NodeKind.Tool, "bool", Inputs([target])),
        new(name, NodeKind.SubAgent, "string", Inputs([target])) { Repair = new RepairLoop($"{name}Test", target, 0, maxAttempts) },
    ];

    public static GraphNode With(this GraphNode node, bool optional = false, (int Min, int Max)? replicas = null, BranchCondition? when = null) =>
        new(node.Name, node.Kind, node.ResultType, node.Inputs)
        {
            IsOptional = optional,
            MinReplicas = replicas?.Min ?? 1,
            MaxReplicas = replicas?.Max ?? 1,
            Condition = when,
            Repair = node.Repair,
        };

    public static BranchCondition When(string router, params string[] values) => new(router, [.. values.Select(value => $"\"{value}\"")]);

    public static WorkflowGraph GraphOf(string output, params GraphNode[] nodes) => new("instance", nodes, output);

    /// <summary>A profile of one setting each.</summary>
    public static ProfileTable Means(WorkflowGraph graph, params (string Node, double Accuracy, double Seconds)[] rows) =>
        new(graph, rows.ToDictionary(row => row.Node, row => (IReadOnlyList<SettingProfile>)[new SettingProfile(Recording.SettingOf(0), row.Accuracy, row.Seconds, 0, 10)]));

    /// <summary>The plan of the independent proxy, fastest first.</summary>
    public static List<(double Accuracy, double Seconds)> Plan(ProfileTable table, Schedule schedule, BranchProbabilities? branches = null)
    {
        var plan = FlowCompiler.Compile(table, new CompileOptions { Proxy = ProxyKind.Independent, Schedule = schedule, Branches = branches }).Plan;

        // What was compiled can be read.
        var again = PlanFile.Parse(PlanFile.Serialize(plan, table.Graph), table.Graph, "again");
        Assert.Equal(plan.Configurations.Select(OracleConfiguration.KeyOf), again.Configurations.Select(OracleConfiguration.KeyOf));
        return [.. plan.Configurations.Select(one => (Math.Round(one.Estimate!.Accuracy, 9), Math.Round(one.Estimate.LatencySeconds, 9))).OrderBy(point => point.Item2)];
    }

    public static BranchProbabilities Returns(string router, params (string Value, double Probability)[] values) => new(new Dictionary<string, IReadOnlyDictionary<string, double>>
    {
        [router] = values.ToDictionary(value => value.Value.Length == 0 ? "" : $"\"{value.Value}\"", value => value.Probability),
    });

    /// <summary>The largest structure, every sub-agent that may be called under the first setting.</summary>
    public static WorkflowConfiguration Largest(WorkflowGraph graph)
    {
        var structure = new StructureSpace(graph).Largest;
        return new WorkflowConfiguration("largest", structure, [.. graph.Nodes.Select((node, index) =>
            node.Kind == NodeKind.SubAgent && structure.IsCalled(index) ? Recording.SettingOf(0) : (Setting?)null)]);
    }

    private static GraphInput[] Inputs(string[] upstreams) => upstreams.Length == 0
        ? [GraphInput.FromWorkflow("task", "string")]
        : [.. upstreams.Select((upstream, index) => GraphInput.FromUpstream($"value{index}", "string", upstream))];

    private static GraphInput[] List(int min, string[] candidates) => [GraphInput.FromCandidates("list", "string", candidates, min)];
}
