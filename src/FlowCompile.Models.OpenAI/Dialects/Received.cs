namespace FlowCompile.Models.OpenAI;

/// <summary>What a server sent in answer to a request, as far as it came.</summary>
/// <param name="Field">The field for thinking.</param>
/// <param name="Content">The content.</param>
/// <param name="IsCut">Whether the limit of tokens ended it.</param>
/// <param name="Part">Which request it answers.</param>
/// <param name="Marks">The marks to look for.</param>
/// <param name="Known">The form of the model's earlier answers; <see langword="null"/> where there was none.</param>
internal sealed record Received(string Field, string Content, bool IsCut, CallPart Part, ThinkMarks Marks, AnswerForm? Known)
{
    public bool HasField => !string.IsNullOrWhiteSpace(Field);

    public bool HasContent => !string.IsNullOrWhiteSpace(Content);
}
