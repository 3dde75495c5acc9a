namespace FlowCompile.Models.OpenAI;

/// <summary>A piece of an answer, with its time.</summary>
/// <param name="IsThinking">Whether it is thinking.</param>
/// <param name="Text">The text; empty for a piece that only hands a chunk on.</param>
/// <param name="Time">When it was there, since the start of the try.</param>
/// <param name="Chunk">The chunk that has just come, for what it says beside its text; <see langword="null"/> for a piece of text.</param>
/// <param name="Request">Stands for the request that it answers: a call may take two.</param>
internal sealed record ChatPiece(bool IsThinking, string Text, TimeSpan Time, ChatChunk? Chunk, object Request)
{
    /// <summary>Whether it came in the field for thinking.</summary>
    public bool InField { get; init; }

    /// <summary>What it says of the ending.</summary>
    public ChatSign Sign { get; init; }
}
