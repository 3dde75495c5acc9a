namespace FlowCompile.Profiling;

/// <summary>Where a sub-agent's inputs come from.</summary>
public enum InputVariant
{
    /// <summary>The run under the reference setting: upstream outputs are mostly right.</summary>
    Strong,

    /// <summary>The run under the weak reference setting: more upstream outputs are wrong.</summary>
    Weak,

    /// <summary>
    /// Outputs that were recorded on the case under any setting, put together to show what the reference runs did not: right or wrong
    /// inputs, or other numbers of candidates and of right ones among them.
    /// </summary>
    Composed,
}
