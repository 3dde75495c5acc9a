using System.Globalization;
using WordMath;

namespace FlowCompile.Profiling.Benchmarks;

/// <summary>A second workflow of the sample's models and problems, of another shape: a solver, and a refiner of its answer that may be left out.</summary>
[Workflow("chain")]
internal sealed partial class ChainWorkflow
{
    [SubAgent]
    public async ValueTask<string> Solve(string problem, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[solve] {problem}", cancellationToken)).Text;

    [SubAgent(Optional = true), Output]
    public async ValueTask<string> Refine(string problem, [From(nameof(Solve))] string hint, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[refine] {problem} <hint> {hint}", cancellationToken)).Text;

    [Score]
    public static double Score(MathCase expected, string answer)
        => answer == expected.Answer.ToString(CultureInfo.InvariantCulture) ? 1 : 0;
}
