namespace FlowCompile.Compilation.Tests;

/// <summary>How a node of a run ends.</summary>
internal enum RunEnd
{
    /// <summary>With an output.</summary>
    Output,

    /// <summary>Without one: its branch is not taken, or something that it needs has none.</summary>
    Nothing,

    /// <summary>With an error, which ends all that waits for it: it has several candidates, but fewer than its minimum.</summary>
    Error,
}
