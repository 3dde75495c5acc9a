namespace FlowCompile.Tool.Benchmarks;

/// <summary>The published system's workflow for mathematics. Nothing of it is run.</summary>
[Workflow("math")]
internal sealed partial class MathWorkflow
{
    [SubAgent]
    public async ValueTask<string> Programmer(string problem, SubAgentContext agent, CancellationToken cancellationToken) =>
        (await agent.CompleteAsync(problem, cancellationToken)).Text;

    [SubAgent(Optional = true)]
    public async ValueTask<string> RefineSolver(string problem, [From(nameof(Programmer))] string program, SubAgentContext agent, CancellationToken cancellationToken) =>
        (await agent.CompleteAsync(problem + program, cancellationToken)).Text;

    [SubAgent(Optional = true)]
    public async ValueTask<string> DetailedSolver(string problem, SubAgentContext agent, CancellationToken cancellationToken) =>
        (await agent.CompleteAsync(problem, cancellationToken)).Text;

    [SubAgent, Replicas(0, 2)]
    public async ValueTask<string> GenerateSolver(string problem, SubAgentContext agent, CancellationToken cancellationToken) =>
        (await agent.CompleteAsync(problem, cancellationToken)).Text;

    [SubAgent, Output]
    public async ValueTask<string> ScEnsemble(
        string problem,
        [FromAny(nameof(RefineSolver), nameof(DetailedSolver), nameof(GenerateSolver), MinBranches = 2)] IReadOnlyList<string> candidates,
        SubAgentContext agent,
        CancellationToken cancellationToken) => (await agent.CompleteAsync(problem + string.Join('\n', candidates), cancellationToken)).Text;
}
