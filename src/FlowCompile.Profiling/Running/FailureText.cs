namespace FlowCompile.Profiling;

/// <summary>Says in one line why a call failed.</summary>
internal static class FailureText
{
    private const int MaxLength = 500;

    public static string Of(Exception exception)
    {
        // A failed run names the node and what its exception says, which is not said twice.
        var text = exception is not WorkflowException { InnerException: { } inner } ? Named(exception)
            : exception.Message.Contains($" failed: {inner.Message}", StringComparison.Ordinal)
                ? exception.Message.Replace($" failed: {inner.Message}", $" failed: {Named(inner)}", StringComparison.Ordinal)
            : $"{exception.Message} ({Named(inner)})";
        text = text.ReplaceLineEndings(" ");
        return text.Length <= MaxLength ? text : text[..MaxLength] + "...";
    }

    private static string Named(Exception exception) => $"{exception.GetType().Name}: {exception.Message}";
}
