namespace FlowCompile.Models.Onnx;

/// <summary>What is around a content.</summary>
/// <param name="Before">What is before it.</param>
/// <param name="After">What is behind it.</param>
internal sealed record ChatTurn(string Before, string After);
