namespace FlowCompile.Tests.Run.Golden.Agreeing;

/// <summary>A workflow whose candidate list ends as soon as two candidates agree.</summary>
[Workflow("vote")]
public sealed partial class VoteWorkflow
{
    [SubAgent]
    public async ValueTask<string> Outline(string question, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[outline] {question}", cancellationToken)).Text;

    [SubAgent]
    public async ValueTask<string> Careful([From(nameof(Outline))] string outline, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[careful] {outline}", cancellationToken)).Text;

    [SubAgent, Replicas(1, 3)]
    public async ValueTask<string> Draft(string question, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[draft] {question}", cancellationToken)).Text;

    [SubAgent, Output]
    public async ValueTask<string> Choose(
        [FromAny(nameof(Draft), nameof(Careful), Agree = 2, Equality = nameof(Same))] IReadOnlyList<string> answers,
        SubAgentContext agent,
        CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"[choose] {string.Join('|', answers)}", cancellationToken)).Text;

    internal static bool Same(string a, string b) => a == "?" ? throw new FormatException("no answer") : a.Trim() == b.Trim();
}
