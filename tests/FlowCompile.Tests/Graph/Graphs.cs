using FlowCompile.Graph;

namespace FlowCompile.Tests.Graph;

/// <summary>Graphs that several tests use.</summary>
internal static class Graphs
{
    /// <summary>The workflow of the sample: a program and its evaluation feed an optional refiner; up to four candidates; a selector.</summary>
    public static WorkflowGraph Math() => new(
        "math",
        [
            Agent("Programmer", Input("problem")),
            Tool("Evaluate", From("program", "Programmer")),
            new("RefineSolver", NodeKind.SubAgent, "string", [Input("problem"), From("hint", "Evaluate")]) { IsOptional = true },
            new("DetailedSolver", NodeKind.SubAgent, "string", [Input("problem")]) { IsOptional = true },
            new("GenerateSolver", NodeKind.SubAgent, "string", [Input("problem")]) { MinReplicas = 0, MaxReplicas = 2 },
            Agent("Select", Input("problem"), Any("candidates", 2, "RefineSolver", "DetailedSolver", "GenerateSolver")),
        ],
        "Select");

    /// <summary>One to three answers, a selector over two or more, and an optional last stage.</summary>
    public static WorkflowGraph Hotpot() => new(
        "hotpotqa",
        [
            new("Answer", NodeKind.SubAgent, "string", [Input("question")]) { MinReplicas = 1, MaxReplicas = 3 },
            Agent("Select", Any("candidates", 2, "Answer")),
            new("Format", NodeKind.SubAgent, "string", [From("answer", "Select")]) { IsOptional = true },
        ],
        "Format");

    /// <summary>One to three programs, a selector, and up to three repairs.</summary>
    public static WorkflowGraph Code() => new(
        "code",
        [
            new("Generate", NodeKind.SubAgent, "string", [Input("task")]) { MinReplicas = 1, MaxReplicas = 3 },
            Agent("Select", Any("candidates", 2, "Generate")),
            Tool("RunTests", From("code", "Select")),
            new("Fix", NodeKind.SubAgent, "string", [From("code", "Select"), From("report", "RunTests")])
            {
                Repair = new RepairLoop("RunTests", "Select", 0, 3),
            },
        ],
        "Fix");

    public static GraphNode Agent(string name, params GraphInput[] inputs) => new(name, NodeKind.SubAgent, "string", inputs);

    public static GraphNode Tool(string name, params GraphInput[] inputs) => new(name, NodeKind.Tool, "string", inputs);

    public static GraphInput Input(string name) => GraphInput.FromWorkflow(name, "string");

    public static GraphInput From(string parameter, string source) => GraphInput.FromUpstream(parameter, "string", source);

    public static GraphInput Any(string parameter, int minBranches, params string[] sources) =>
        GraphInput.FromCandidates(parameter, "string", sources, minBranches);
}
