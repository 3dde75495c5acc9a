namespace FlowCompile.Compilation;

/// <summary>Why a setting that a sub-agent may run under was not measured to the end.</summary>
public enum IncompleteCause
{
    /// <summary>A race dropped it.</summary>
    Dropped,

    /// <summary>Too many of its calls failed.</summary>
    Failed,

    /// <summary>It is measured on fewer inputs than other settings of its sub-agent: a profile was stopped on the way.</summary>
    Partial,

    /// <summary>It was never measured: it was added after the profile was made.</summary>
    Missing,
}
