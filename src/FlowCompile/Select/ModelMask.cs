using FlowCompile.Plans;

namespace FlowCompile;

/// <summary>
/// A plan without some of its models, for a caller that must not use them: made once by <see cref="WorkflowPlan.Without"/>, it chooses as fast as
/// the plan itself. Weights are about the ranges of the whole plan, so they mean the same with and without a mask.
/// </summary>
public sealed class ModelMask
{
    private readonly WorkflowPlan _plan;
    private readonly PlanSelector? _selector;

    internal ModelMask(WorkflowPlan plan, PlanSelector whole, IReadOnlyCollection<string> denied)
    {
        _plan = plan;
        Denied = denied;
        Configurations = [.. plan.Configurations.Where(configuration => !configuration.Settings.Any(settings => settings is { } own && own.Models.Any(denied.Contains)))];
        _selector = Configurations.Count == 0 ? null : new PlanSelector(plan.Workflow, Configurations, whole);
    }

    /// <summary>The models that are not used.</summary>
    public IReadOnlyCollection<string> Denied { get; }

    /// <summary>The configurations that are left, fastest first.</summary>
    public IReadOnlyList<WorkflowConfiguration> Configurations { get; }

    /// <summary>The configuration that a preference chooses among those left. It allocates nothing.</summary>
    /// <param name="preference">What the caller wants.</param>
    /// <exception cref="InfeasiblePreferenceException">No configuration is left, or none of those keeps the preference's limits.</exception>
    public WorkflowConfiguration Select(Preference preference) => _selector is not null ? _selector.Select(preference) : throw new InfeasiblePreferenceException(
        $"Every configuration of '{_plan.Workflow}' needs a model that is not allowed ({string.Join(", ", Denied)}).", _plan.SelectAmong(preference, allowed: default)!);
}
