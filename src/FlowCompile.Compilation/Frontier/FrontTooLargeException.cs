namespace FlowCompile.Compilation;

/// <summary>An exact front has more points than it is worth: it is to be thinned.</summary>
internal sealed class FrontTooLargeException : Exception;
