namespace FlowCompile.Scoring;

/// <summary>A text that is not read as mathematics, or is more than the limits allow.</summary>
internal sealed class MathFormatException(string message) : Exception(message);
