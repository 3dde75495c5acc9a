using FlowCompile;
using FlowCompile.Scoring;

namespace Answer;

[Workflow("answer")]
public sealed partial class AnswerWorkflow
{
    [SubAgent]
    public async ValueTask<string> Draft(string question, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"Answer in a few words: {question}", cancellationToken)).Text;

    [SubAgent(Optional = true), Output]
    public async ValueTask<string> Revise(
        string question, [From(nameof(Draft))] string draft, SubAgentContext agent, CancellationToken cancellationToken)
        => (await agent.CompleteAsync($"Question: {question}\nDraft: {draft}\nThe right answer in a few words:", cancellationToken)).Text;

    [Score]
    public static double Score(AnswerCase expected, string answer) => Scorers.TokenF1(expected.Answer, answer);
}
