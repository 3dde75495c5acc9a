namespace FlowCompile.Models.Onnx;

/// <summary>A status other than success from ONNX Runtime, its message condensed to one line.</summary>
internal sealed class OrtException(string message) : Exception(message);
