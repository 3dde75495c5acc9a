using FlowCompile.Graph;

namespace FlowCompile.Compilation.Tests;

/// <summary>The three workflows of the published system, by the names they have there.</summary>
internal static class PublishedWorkflows
{
    public static WorkflowGraph Get(string name) => name switch
    {
        "math" => MathWorkflow.Graph,
        "hotpotqa" => HotpotQaWorkflow.Graph,
        "livecodebench" => LiveCodeBenchWorkflow.Graph,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    /// <summary>A sub-agent's name here: <c>refine_solver</c> is <c>RefineSolver</c>.</summary>
    public static string NodeName(string published) =>
        string.Concat(published.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
