namespace FlowCompile.Compilation;

/// <summary>How the accuracies of two parts come together.</summary>
internal enum AccuracyRule
{
    /// <summary>Both must be right: <c>p q</c>.</summary>
    Both,

    /// <summary>Either will do: <c>1 - (1 - p)(1 - q)</c>.</summary>
    Either,

    /// <summary>One of them runs, and both are weighted already: <c>p + q</c>.</summary>
    Sum,
}
