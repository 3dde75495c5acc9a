namespace FlowCompile.Profiling;

/// <summary>A judge that gave no score: what it was to judge is not scored, and so counts as failed.</summary>
internal sealed class JudgeException(string message, Exception? inner = null) : Exception(message, inner);
