namespace FlowCompile.Models.OpenAI;

/// <summary>What a server says a call took.</summary>
/// <param name="Input">Tokens of the prompt.</param>
/// <param name="Output">Generated tokens, thinking included.</param>
/// <param name="Reasoning">Thinking tokens; <see langword="null"/> where the server does not tell.</param>
/// <param name="Cached">Tokens of the prompt that the server had cached; <see langword="null"/> where it does not tell.</param>
internal sealed record ChatUsage(long Input, long Output, long? Reasoning, long? Cached);
