namespace FlowCompile.Models.OpenAI;

/// <summary>A part of what a server sent, and what it is. What belongs to no part, such as a mark, is left out.</summary>
/// <param name="InField">Whether it is in the field that is for thinking, rather than in the content.</param>
/// <param name="Start">Where it begins there.</param>
/// <param name="End">Where it ends there.</param>
/// <param name="IsThinking">Whether it is thinking.</param>
internal readonly record struct TextPart(bool InField, int Start, int End, bool IsThinking)
{
    public bool IsEmpty => End <= Start;
}
