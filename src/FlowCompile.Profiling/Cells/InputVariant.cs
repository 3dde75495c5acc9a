namespace FlowCompile.Profiling;

/// <summary>Which reference run a sub-agent's inputs come from.</summary>
public enum InputVariant
{
    /// <summary>The run under the reference setting: upstream outputs are mostly right.</summary>
    Strong,

    /// <summary>The run under the weak reference setting: more upstream outputs are wrong.</summary>
    Weak,
}
