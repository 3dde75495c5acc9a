using FlowCompile.Graph;

namespace FlowCompile.Compilation.Tests;

/// <summary>Short ways to write graphs in which every value is text.</summary>
internal static class Nodes
{
    public static GraphInput Problem { get; } = GraphInput.FromWorkflow("problem", "string");

    public static GraphInput From(string source) => GraphInput.FromUpstream(source.ToLowerInvariant(), "string", source);

    public static GraphInput FromAny(int min, params string[] sources) => GraphInput.FromCandidates("candidates", "string", sources, min);

    public static GraphNode Agent(string name, params GraphInput[] inputs) => new(name, NodeKind.SubAgent, "string", inputs.Length == 0 ? [Problem] : inputs);

    public static GraphNode Optional(string name, params GraphInput[] inputs) =>
        new(name, NodeKind.SubAgent, "string", inputs.Length == 0 ? [Problem] : inputs) { IsOptional = true };

    public static GraphNode Replicas(string name, int min, int max) =>
        new(name, NodeKind.SubAgent, "string", [Problem]) { MinReplicas = min, MaxReplicas = max };

    public static GraphNode Tool(string name, params GraphInput[] inputs) => new(name, NodeKind.Tool, "string", inputs);

    public static GraphNode Test(string name, string target) => new(name, NodeKind.Tool, "bool", [From(target)]);

    public static GraphNode Repairer(string name, string test, string target, int min, int max, params GraphInput[] others) =>
        new(name, NodeKind.SubAgent, "string", [Problem, From(target), .. others]) { Repair = new RepairLoop(test, target, min, max) };

    public static GraphNode When(string name, string router, string value, params GraphInput[] inputs) =>
        new(name, NodeKind.SubAgent, "string", inputs.Length == 0 ? [Problem] : inputs) { Condition = new BranchCondition(router, [$"\"{value}\""]) };

    public static GraphNode Otherwise(string name, string router, params GraphInput[] inputs) =>
        new(name, NodeKind.SubAgent, "string", inputs.Length == 0 ? [Problem] : inputs) { Condition = new BranchCondition(router, []) };

    /// <summary>A table with one setting for each sub-agent.</summary>
    public static ProfileTable Profile(this WorkflowGraph graph, params (string Node, double Accuracy, double Latency)[] rows) => new(
        graph,
        rows.ToDictionary(row => row.Node, row => (IReadOnlyList<SettingProfile>)[new SettingProfile(new Setting("m", 0), row.Accuracy, row.Latency, row.Latency / 10, 1)]));
}
