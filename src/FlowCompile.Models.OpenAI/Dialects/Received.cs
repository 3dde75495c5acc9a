namespace FlowCompile.Models.OpenAI;

/// <summary>Which request of a call an answer belongs to.</summary>
internal enum CallPart
{
    /// <summary>The only one.</summary>
    Whole,

    /// <summary>The first of a continuation: it may end within the thinking.</summary>
    First,

    /// <summary>The second of a continuation: the thinking has been closed before it.</summary>
    Second,
}

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

/// <summary>An answer that was read.</summary>
/// <param name="Form">The form it has.</param>
/// <param name="Parts">Its parts, in their order.</param>
internal sealed record AnswerReading(AnswerForm Form, IReadOnlyList<TextPart> Parts)
{
    /// <summary>Why thinking and answer cannot be told apart; <see langword="null"/> where they can.</summary>
    public string? Doubt { get; init; }

    /// <summary>Whether the answer came by a tool's channel.</summary>
    public bool CallsTool { get; init; }
}
