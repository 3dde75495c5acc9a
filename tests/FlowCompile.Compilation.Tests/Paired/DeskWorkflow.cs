namespace FlowCompile.Compilation.Tests;

/// <summary>A workflow of which a configuration may leave out the only node of a branch.</summary>
[Workflow("desk")]
internal sealed partial class DeskWorkflow
{
    [Tool]
    public static string Route(string question) => question.Length > 20 ? "long" : "short";

    [SubAgent(Temperature = 0.5f), Replicas(0, 2), When(nameof(Route), "long")]
    public async ValueTask<string> Careful(string question, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync(question, cancellationToken)).Text;

    [SubAgent, Otherwise(nameof(Route))]
    public async ValueTask<string> Quick(string question, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync(question, cancellationToken)).Text;

    [Tool, Output]
    public static string Pick([FromAny(nameof(Careful), nameof(Quick))] IReadOnlyList<string> answers) => answers[0];
}
