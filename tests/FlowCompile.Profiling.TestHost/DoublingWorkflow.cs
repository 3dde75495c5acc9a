using System.Globalization;
using FlowCompile.Graph;

namespace FlowCompile.Profiling.TestHost;

/// <summary>Doubles a number: a draft, checked, is a refiner's hint; up to two sampled guesses; a selector. Every node kind but a loop.</summary>
public class DoublingWorkflow
{
    /// <summary>The graph, as the generator would write it.</summary>
    public static WorkflowGraph Graph { get; } = new(
        "doubling",
        [
            new("Draft", NodeKind.SubAgent, "string", [GraphInput.FromWorkflow("problem", "string")]) { Temperature = 0 },
            new("Check", NodeKind.Tool, "string", [GraphInput.FromUpstream("draft", "string", "Draft")]),
            new("Refine", NodeKind.SubAgent, "string", [GraphInput.FromWorkflow("problem", "string"), GraphInput.FromUpstream("hint", "string", "Check")])
            {
                IsOptional = true,
                Temperature = 0,
            },
            new("Guess", NodeKind.SubAgent, "string", [GraphInput.FromWorkflow("problem", "string")]) { MinReplicas = 0, MaxReplicas = 2, Temperature = 0.7f },
            new("Choose", NodeKind.SubAgent, "string",
                [GraphInput.FromWorkflow("problem", "string"), GraphInput.FromCandidates("candidates", "string", ["Refine", "Guess"], 2)])
            {
                Temperature = 0,
            },
        ],
        "Choose");

    /// <summary>What the profiler is given.</summary>
    public static ReflectedDescriptor Descriptor { get; } = new(Graph, typeof(DoublingWorkflow), typeof(NumberCase), ("problem", typeof(string)));

    [SubAgent(Temperature = 0)]
    public virtual async ValueTask<string> Draft(string problem, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[draft] {problem}", cancellationToken)).Text;

    [Tool]
    public static string Check(string draft) => int.TryParse(draft, NumberStyles.Integer, CultureInfo.InvariantCulture, out _) ? draft : "none";

    [SubAgent(Optional = true, Temperature = 0)]
    public async ValueTask<string> Refine(string problem, string hint, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[refine] {problem} <hint> {hint}", cancellationToken)).Text;

    [SubAgent(Temperature = 0.7f), Replicas(0, 2)]
    public async ValueTask<string> Guess(string problem, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[guess] {problem}", cancellationToken)).Text;

    [SubAgent(Temperature = 0), Output]
    public async ValueTask<string> Choose(string problem, IReadOnlyList<string> candidates, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[choose] {problem} {string.Join(' ', candidates.Select(one => $"<cand> {one}"))}", cancellationToken)).Text;

    [Score]
    public static double Score(NumberCase expected, string answer) =>
        answer == expected.Answer.ToString(CultureInfo.InvariantCulture) ? 1 : 0;
}
