namespace FlowCompile.Generators.Model;

/// <summary>What a parameter of a node receives.</summary>
internal enum ParameterRole
{
    /// <summary>The workflow's input of its name.</summary>
    Input,

    /// <summary>The output of one upstream.</summary>
    Upstream,

    /// <summary>A candidate list.</summary>
    Candidates,

    /// <summary>The sub-agent's context.</summary>
    Context,

    /// <summary>The run's cancellation token.</summary>
    CancellationToken,
}
