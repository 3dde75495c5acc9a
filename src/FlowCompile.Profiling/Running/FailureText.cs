namespace FlowCompile.Profiling;

/// <summary>Says in one line why a call failed.</summary>
internal static class FailureText
{
    private const int MaxLength = 500;

    public static string Of(Exception exception)
    {
        // A failed run names the node; the exception inside says why.
        var text = exception is WorkflowException { InnerException: { } inner }
            ? $"{exception.Message} ({inner.GetType().Name}: {inner.Message})"
            : $"{exception.GetType().Name}: {exception.Message}";
        text = text.ReplaceLineEndings(" ");
        return text.Length <= MaxLength ? text : text[..MaxLength] + "...";
    }
}
