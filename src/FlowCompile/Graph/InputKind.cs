namespace FlowCompile.Graph;

/// <summary>Where a node's parameter gets its value.</summary>
public enum InputKind
{
    /// <summary>The workflow's input of the parameter's name.</summary>
    Workflow,

    /// <summary>The output of one upstream node, which is required.</summary>
    Upstream,

    /// <summary>A candidate list of upstream outputs.</summary>
    Candidates,
}
