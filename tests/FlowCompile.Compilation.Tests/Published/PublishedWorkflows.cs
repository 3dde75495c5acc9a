using FlowCompile.Graph;
using static FlowCompile.Compilation.Tests.Nodes;

namespace FlowCompile.Compilation.Tests;

/// <summary>The three workflows of the published system.</summary>
internal static class PublishedWorkflows
{
    public static WorkflowGraph Math { get; } = new(
        "math",
        [
            Agent("Programmer"),
            Optional("RefineSolver", Problem, From("Programmer")),
            Optional("DetailedSolver"),
            Replicas("GenerateSolver", 0, 2),
            Agent("ScEnsemble", Problem, FromAny(2, "RefineSolver", "DetailedSolver", "GenerateSolver")),
        ],
        "ScEnsemble");

    public static WorkflowGraph HotpotQa { get; } = new(
        "hotpotqa",
        [
            Replicas("AnswerGenerate", 1, 3),
            Agent("ScEnsemble", Problem, FromAny(2, "AnswerGenerate")),
            Optional("FormatAnswer", Problem, From("ScEnsemble")),
        ],
        "FormatAnswer");

    public static WorkflowGraph LiveCodeBench { get; } = new(
        "livecodebench",
        [
            Replicas("CodeGenerate", 1, 3),
            Agent("ScEnsemble", Problem, FromAny(2, "CodeGenerate")),
            Test("Test", "ScEnsemble"),
            Repairer("ReflectionTest", "Test", "ScEnsemble", 0, 3),
        ],
        "ReflectionTest");

    public static WorkflowGraph Get(string name) => name switch
    {
        "math" => Math,
        "hotpotqa" => HotpotQa,
        _ => LiveCodeBench,
    };

    /// <summary>A sub-agent's name here: <c>refine_solver</c> is <c>RefineSolver</c>.</summary>
    public static string NodeName(string published) =>
        string.Concat(published.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
