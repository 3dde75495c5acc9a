namespace Answer;

/// <summary>A question with its answer: a line of <c>data/*.jsonl</c>.</summary>
/// <param name="Id">The question's id.</param>
/// <param name="Question">The question.</param>
/// <param name="Answer">The answer, in a few words.</param>
public sealed record AnswerCase(string Id, string Question, string Answer);
