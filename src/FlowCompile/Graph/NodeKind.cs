namespace FlowCompile.Graph;

/// <summary>What a node is.</summary>
public enum NodeKind
{
    /// <summary>A method that calls a model.</summary>
    SubAgent,

    /// <summary>A method of deterministic code.</summary>
    Tool,
}
