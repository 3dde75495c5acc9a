namespace FlowCompile.Compilation;

/// <summary>What configurations are estimated with.</summary>
public enum ProxyKind
{
    /// <summary>Case by case from the recorded outcomes (<see cref="PairedProxy"/>).</summary>
    Paired,

    /// <summary>From the means of each sub-agent, as if all calls were independent (<see cref="IndependentProxy"/>).</summary>
    Independent,
}
