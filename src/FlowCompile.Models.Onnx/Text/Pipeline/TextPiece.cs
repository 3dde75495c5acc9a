namespace FlowCompile.Models.Onnx;

/// <summary>A piece of a text on its way to the model.</summary>
/// <param name="Text">The piece.</param>
/// <param name="IsFirst">Whether the prompt begins with it.</param>
internal readonly record struct TextPiece(string Text, bool IsFirst);
