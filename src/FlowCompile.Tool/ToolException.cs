namespace FlowCompile.Tool;

/// <summary>An error for the user: one line that says what, where and what to do.</summary>
internal sealed class ToolException(string message, int exitCode = ExitCode.BadInput, Exception? inner = null) : Exception(message, inner)
{
    public int Code { get; } = exitCode;
}
