namespace FlowCompile.Models.Onnx;

/// <summary>A prompt as ids.</summary>
/// <param name="Ids">The ids, with what opens or closes the thinking.</param>
/// <param name="InputTokens">How many of them the caller is told of.</param>
/// <param name="Thinking">Where the prompt leaves the thinking.</param>
internal sealed record PromptIds(IReadOnlyList<int> Ids, int InputTokens, ThinkingState Thinking);
