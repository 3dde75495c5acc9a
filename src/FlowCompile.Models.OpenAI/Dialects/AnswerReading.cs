namespace FlowCompile.Models.OpenAI;

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
