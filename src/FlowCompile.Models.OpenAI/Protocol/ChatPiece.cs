namespace FlowCompile.Models.OpenAI;

/// <summary>A piece of an answer, with its time.</summary>
/// <param name="IsThinking">Whether it is thinking.</param>
/// <param name="Text">The text; may be empty where the piece only says how the answer ended.</param>
/// <param name="Time">When it was there, since the start of the try.</param>
/// <param name="Chunk">The chunk it came in.</param>
/// <param name="Request">Stands for the request that it answers: a call may take two.</param>
internal sealed record ChatPiece(bool IsThinking, string Text, TimeSpan Time, ChatChunk Chunk, object Request);
