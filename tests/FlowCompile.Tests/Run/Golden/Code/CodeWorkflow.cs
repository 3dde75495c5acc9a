namespace FlowCompile.Tests.Run.Golden.Code;

/// <summary>
/// Writes code for a task. An easy task gets a quick draft, any other a careful one; more drafts may be sampled beside it, and the
/// selector chooses. The code is tested and repaired until it passes, and may be formatted in the end.
/// </summary>
[Workflow("code", Models = ["nano", "mini"])]
public sealed partial class CodeWorkflow
{
    [SubAgent(Optional = true)]
    public async ValueTask<string> Clarify(string task, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[clarify] {task}", cancellationToken)).Text;

    [Tool]
    public static string Classify([From(nameof(Clarify))] string task) => task.Contains("easy", StringComparison.Ordinal) ? "easy" : "hard";

    [SubAgent, When(nameof(Classify), "easy", "trivial")]
    public async ValueTask<string> QuickDraft([From(nameof(Clarify))] string task, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[quick] {task}", cancellationToken)).Text;

    [SubAgent(Budgets = [16, 64]), Otherwise(nameof(Classify))]
    public async ValueTask<string> CarefulDraft([From(nameof(Clarify))] string task, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[careful] {task}", cancellationToken)).Text;

    [SubAgent(Temperature = 0.8f), Replicas(0, 2)]
    public async ValueTask<string> SampledDraft([From(nameof(Clarify))] string task, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[sampled] {task}", cancellationToken)).Text;

    [SubAgent]
    public async ValueTask<string> Choose(
        [FromAny(nameof(QuickDraft), nameof(CarefulDraft), nameof(SampledDraft), MinBranches = 2)] IReadOnlyList<string> drafts,
        SubAgentContext agent,
        CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[choose] {string.Join(" | ", drafts)}", cancellationToken)).Text;

    [Tool]
    public static async ValueTask<TestReport> RunTests([From(nameof(Choose))] string code, string tests, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        return code.Contains(tests, StringComparison.Ordinal) ? new TestReport(true, "") : new TestReport(false, $"no {tests}");
    }

    [SubAgent, RetryUntil(nameof(RunTests), MaxAttempts = 3)]
    public async Task<string> Fix(
        [From(nameof(Choose))] string code, [From(nameof(RunTests))] TestReport report, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[fix] {code}; {report.Message}", cancellationToken)).Text;

    [SubAgent(Optional = true), Output]
    public async ValueTask<string> Format([From(nameof(Fix))] string code, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[format] {code}", cancellationToken)).Text;

    [Score]
    public static bool Passes(CodeCase expected, string code) => code.Contains(expected.Tests, StringComparison.Ordinal);
}
