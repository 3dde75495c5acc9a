namespace FlowCompile.Compilation.Tests;

/// <summary>The published system's workflow for programs, with its bounded repair loop.</summary>
[Workflow("livecodebench")]
internal sealed partial class LiveCodeBenchWorkflow
{
    [SubAgent, Replicas(1, 3)]
    public ValueTask<string> CodeGenerate(string problem, SubAgentContext agent, CancellationToken cancellationToken)
        => Published.AnswerAsync(agent, problem, cancellationToken);

    [SubAgent]
    public ValueTask<string> ScEnsemble(
        string problem,
        [FromAny(nameof(CodeGenerate), MinBranches = 2)] IReadOnlyList<string> candidates,
        SubAgentContext agent,
        CancellationToken cancellationToken)
        => Published.AnswerAsync(agent, problem + string.Join('\n', candidates), cancellationToken);

    [Tool]
    public static bool Test([From(nameof(ScEnsemble))] string code) => code.Length > 0;

    [SubAgent, RetryUntil(nameof(Test), MaxAttempts = 3), Output]
    public ValueTask<string> ReflectionTest(
        string problem, [From(nameof(ScEnsemble))] string code, SubAgentContext agent, CancellationToken cancellationToken)
        => Published.AnswerAsync(agent, problem + code, cancellationToken);
}
