namespace FlowCompile.Testing.Seeds;

/// <summary>A workflow with inputs of several types.</summary>
[Workflow("ticket")]
public sealed partial class TicketWorkflow
{
    /// <summary>Answers a ticket.</summary>
    [SubAgent, Output]
    public async ValueTask<string> Answer(string text, int level, IReadOnlyList<string> tags, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"{text} {level} {string.Join(' ', tags)}", cancellationToken)).Text;

    /// <summary>Scores an answer.</summary>
    [Score]
    public static double Score(Ticket expected, string answer) => answer.Length > 0 ? expected.Weight : 0;
}
