using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>Composes the profile of sub-agents into the estimate of one configuration. Implementations may be called from several threads.</summary>
public interface IProxy
{
    /// <summary>The name in plans, for example <c>independent</c>.</summary>
    string Name { get; }

    /// <summary>The schedule that latencies are estimated under.</summary>
    Schedule Schedule { get; }

    /// <summary>Estimates a configuration. The estimate that it may carry is ignored.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <exception cref="CompileException">An active sub-agent has no setting, or one that was not measured.</exception>
    Estimate Estimate(WorkflowConfiguration configuration);
}
