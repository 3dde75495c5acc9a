namespace FlowCompile.Compilation;

/// <summary>Whether a configuration is on the frontier, and where not, what kept it out.</summary>
public enum ConfigurationVerdict
{
    /// <summary>It is on the frontier.</summary>
    OnFrontier,

    /// <summary>It is on the frontier, and another of the plan stands for it: one that spends no more, and from which its accuracy cannot be told apart.</summary>
    Folded,

    /// <summary>Another is no worse in any objective and better in one.</summary>
    Dominated,

    /// <summary>Another is as good in every objective, and one of them is enough.</summary>
    Equal,

    /// <summary>The search space does not allow it.</summary>
    Forbidden,

    /// <summary>A sub-agent was not measured under the setting.</summary>
    NotMeasured,

    /// <summary>The workflow has no such structure.</summary>
    Impossible,

    /// <summary>
    /// Nothing on the frontier is as good in every objective, and yet it is not there: a search on recorded outcomes did not come across it,
    /// or a graph too large for its exact frontier was solved to a stated loss.
    /// </summary>
    Overlooked,
}
