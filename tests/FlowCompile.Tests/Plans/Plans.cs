using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Tests.Plans;

/// <summary>Plans for tests.</summary>
internal static class Plans
{
    /// <summary>Two configurations of the math workflow: one solver alone, and two that a selector chooses from.</summary>
    public static WorkflowPlan Math(WorkflowGraph graph) => new(
        "math",
        graph.Hash,
        "independent",
        "parallel",
        [
            Configuration(graph, "c01", new() { ["DetailedSolver"] = "nano@0" }, replicas: 0, 0.25, 0.001),
            Configuration(graph, "c02", new() { ["DetailedSolver"] = "mini@64", ["GenerateSolver"] = "micro@16", ["Select"] = "nano@8" }, replicas: 2, 0.75, 0.0125),
        ],
        new PlanProvenance
        {
            ToolVersion = "0.1.0",
            ProfileHash = "sha256:ab",
            CasesHash = "sha256:cd",
            Cases = 120,
            Seed = 1,
            Models = new Dictionary<string, string> { ["nano"] = "onnx:12", ["mini"] = "onnx:34 “quoted”" },
            Hardware = "a machine, 2 cores",
            Concurrency = 2,
            UntimedCalls = 1234,
        })
    {
        Objectives = ["accuracy", "latency"],
        AccuracyLoss = 0.001,
        Folded = 7,
        FoldedLoss = 0.004,
        Cells =
        [
            new PlanCell("DetailedSolver", new Setting("mini", 64), 0.01, 0.03),
            new PlanCell("DetailedSolver", new Setting("nano", 0), 0.001) { Accuracy = 0.25, Tokens = 3.5, Samples = 120 },
            new PlanCell("Select", new Setting("nano", 8), 0.002, 0.002),
        ],
    };

    private static WorkflowConfiguration Configuration(
        WorkflowGraph graph, string id, Dictionary<string, string> settings, int replicas, double accuracy, double latency)
    {
        var counts = graph.Nodes.Select(node => !settings.ContainsKey(node.Name) ? 0 : node.IsReplicated ? replicas : 1).ToArray();
        return new WorkflowConfiguration(
            id,
            WorkflowStructure.Create(graph, counts),
            [.. graph.Nodes.Select(node => settings.TryGetValue(node.Name, out var setting) ? Setting.Parse(setting) : (Setting?)null)],
            id == "c02" ? Measured(accuracy, latency) : new Estimate { Accuracy = accuracy, LatencySeconds = latency, Cost = 0.5 })
        {
            Name = id == "c02" ? "thorough" : null,
        };
    }

    private static Estimate Measured(double accuracy, double latency) => new()
    {
        Accuracy = accuracy,
        RecordedAccuracy = accuracy + 0.02,
        LatencySeconds = latency,
        Cost = 0.5,
        EnergyJoules = accuracy * 4,
        AccuracyInterval = new EstimateInterval(accuracy - 0.05, accuracy + 0.05),
        LatencyInterval = new EstimateInterval(latency * 0.9, latency * 1.1),
        LatencyP50Seconds = latency * 0.8,
        LatencyP95Seconds = latency * 2,
        LatencyP99Seconds = latency * 3,
        CostInterval = new EstimateInterval(0.25, 0.75),
        EnergyInterval = new EstimateInterval(accuracy, accuracy * 8),
        LatencyP50Interval = new EstimateInterval(latency * 0.7, latency * 0.9),
        LatencyP95Interval = new EstimateInterval(latency * 1.5, latency * 2.5),
        LatencyP99Interval = new EstimateInterval(latency * 2, latency * 3),
        Cases = 300,
    };
}
