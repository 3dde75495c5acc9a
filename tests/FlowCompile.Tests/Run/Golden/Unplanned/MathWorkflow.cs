using System.Globalization;
using WordMath;

namespace FlowCompile.Tests.Run.Golden.Unplanned;

/// <summary>
/// Solves a word problem. A program that an exact tool evaluates gives a refiner its hint; a solver that works in long steps and up to
/// two that are sampled work on their own; the selector chooses among what they found.
/// </summary>
[Workflow("math")]
public sealed partial class MathWorkflow
{
    [SubAgent]
    public async ValueTask<string> Programmer(string problem, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[program] {problem}", cancellationToken)).Text;

    [Tool]
    public static string Evaluate([From(nameof(Programmer))] string program) => Arithmetic.Evaluate(program);

    [SubAgent(Optional = true)]
    public async ValueTask<string> RefineSolver(
        string problem, [From(nameof(Evaluate))] string hint, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[refine] {problem} <hint> {hint}", cancellationToken)).Text;

    [SubAgent(Optional = true)]
    public async ValueTask<string> DetailedSolver(string problem, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[detail] {problem}", cancellationToken)).Text;

    [SubAgent(Temperature = 0.7f), Replicas(0, 2)]
    public async ValueTask<string> GenerateSolver(string problem, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[solve] {problem}", cancellationToken)).Text;

    [SubAgent, Output]
    public async ValueTask<string> Select(
        string problem,
        [FromAny(nameof(RefineSolver), nameof(DetailedSolver), nameof(GenerateSolver), MinBranches = 2)] IReadOnlyList<string> candidates,
        SubAgentContext agent,
        CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[select] {problem} {string.Join(' ', candidates.Select(answer => $"<cand> {answer}"))}", cancellationToken)).Text;

    [Score]
    public static double Score(MathCase expected, string answer)
        => answer == expected.Answer.ToString(CultureInfo.InvariantCulture) ? 1 : 0;

    [Score(nameof(Programmer))]
    public static double ScoreProgram(MathCase expected, string program) => Score(expected, Arithmetic.Evaluate(program));
}
