namespace FlowCompile.Compilation;

/// <summary>What runs at a vertex of a circuit.</summary>
internal enum VertexKind
{
    /// <summary>Nothing that takes time or can go wrong: a tool, a candidate list, the workflow's input.</summary>
    Gate,

    /// <summary>A sub-agent: one call, or replicas side by side of which any right one will do.</summary>
    Call,

    /// <summary>A repairer: attempts, while the target is wrong.</summary>
    Repair,
}
