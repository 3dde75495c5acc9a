namespace FlowCompile.Compilation.Tests;

/// <summary>The published system's workflow for questions over documents.</summary>
[Workflow("hotpotqa")]
internal sealed partial class HotpotQaWorkflow
{
    [SubAgent, Replicas(1, 3)]
    public ValueTask<string> AnswerGenerate(string question, SubAgentContext agent, CancellationToken cancellationToken)
        => Published.AnswerAsync(agent, question, cancellationToken);

    [SubAgent]
    public ValueTask<string> ScEnsemble(
        string question,
        [FromAny(nameof(AnswerGenerate), MinBranches = 2)] IReadOnlyList<string> candidates,
        SubAgentContext agent,
        CancellationToken cancellationToken)
        => Published.AnswerAsync(agent, question + string.Join('\n', candidates), cancellationToken);

    [SubAgent(Optional = true), Output]
    public ValueTask<string> FormatAnswer(
        string question, [From(nameof(ScEnsemble))] string answer, SubAgentContext agent, CancellationToken cancellationToken)
        => Published.AnswerAsync(agent, question + answer, cancellationToken);
}
