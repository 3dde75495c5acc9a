namespace FlowCompile.Tool;

/// <summary>An error for the user: one line that says what, where and what to do. What it names of files and servers is harmless.</summary>
internal sealed class ToolException(ShownText text, int exitCode = ExitCode.BadInput, Exception? inner = null) : Exception(text.ToString(), inner)
{
    /// <summary>The line.</summary>
    public ShownText Text { get; } = text;

    public int Code { get; } = exitCode;
}
