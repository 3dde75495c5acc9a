namespace FlowCompile.Compilation.Tests.Clock;

/// <summary>The texts that nodes of the workflows under test return: whoever reads one sees whether it is right.</summary>
internal static class Said
{
    private const char Wrong = '!';

    /// <summary>A text.</summary>
    /// <param name="value">What it says.</param>
    /// <param name="right">Whether it is right.</param>
    public static string Text(string value, bool right) => right ? value : value + Wrong;

    /// <summary>Whether a text is right.</summary>
    /// <param name="text">The text.</param>
    public static bool IsRight(string text) => !text.EndsWith(Wrong);

    /// <summary>What a node receives, as the model or the tool is told it.</summary>
    /// <param name="prompt">The node's name, its parameters, and its candidates, as <see cref="WorkflowSource"/> writes them.</param>
    public static (string Node, Oracle.CallState State) Read(string prompt)
    {
        var parts = prompt.Split('|');
        var right = Items(parts[1]).All(IsRight);
        if (parts.Length < 3)
        {
            return (parts[0], new Oracle.CallState(right, 0, 0));
        }

        var candidates = Items(parts[2]);
        var rightCandidates = candidates.Count(IsRight);
        return (parts[0], new Oracle.CallState(right && rightCandidates > 0, rightCandidates, candidates.Length));
    }

    private static string[] Items(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries);
}
