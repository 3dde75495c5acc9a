namespace FlowCompile.Compilation.Tests;

/// <summary>The published system's workflow for mathematics.</summary>
[Workflow("math")]
internal sealed partial class MathWorkflow
{
    [SubAgent]
    public ValueTask<string> Programmer(string problem, SubAgentContext agent, CancellationToken cancellationToken)
        => Published.AnswerAsync(agent, problem, cancellationToken);

    [SubAgent(Optional = true)]
    public ValueTask<string> RefineSolver(
        string problem, [From(nameof(Programmer))] string program, SubAgentContext agent, CancellationToken cancellationToken)
        => Published.AnswerAsync(agent, problem + program, cancellationToken);

    [SubAgent(Optional = true)]
    public ValueTask<string> DetailedSolver(string problem, SubAgentContext agent, CancellationToken cancellationToken)
        => Published.AnswerAsync(agent, problem, cancellationToken);

    [SubAgent, Replicas(0, 2)]
    public ValueTask<string> GenerateSolver(string problem, SubAgentContext agent, CancellationToken cancellationToken)
        => Published.AnswerAsync(agent, problem, cancellationToken);

    [SubAgent, Output]
    public ValueTask<string> ScEnsemble(
        string problem,
        [FromAny(nameof(RefineSolver), nameof(DetailedSolver), nameof(GenerateSolver), MinBranches = 2)] IReadOnlyList<string> candidates,
        SubAgentContext agent,
        CancellationToken cancellationToken)
        => Published.AnswerAsync(agent, problem + string.Join('\n', candidates), cancellationToken);
}
