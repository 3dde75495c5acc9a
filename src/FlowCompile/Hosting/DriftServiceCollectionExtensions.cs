using FlowCompile;
using FlowCompile.Plans;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the monitor that compares live calls with the plans.</summary>
public static class DriftServiceCollectionExtensions
{
    /// <summary>
    /// Adds a <see cref="DriftMonitor"/> of the plans of all workflows that are added, unless there is one. The <see cref="WorkflowRuntime"/> of the
    /// services tells it of every call, and has it follow the plans that take over while the application runs.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="options">What counts as drift; <see langword="null"/> for the defaults.</param>
    /// <returns>The services, so that calls can be chained.</returns>
    public static IServiceCollection AddDriftMonitor(this IServiceCollection services, DriftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(provider => new DriftMonitor(
            provider.GetServices<WorkflowRegistration>().Select(workflow => workflow.Plan).OfType<WorkflowPlan>(), options));
        return services;
    }
}
