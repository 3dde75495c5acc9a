using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowCompile;

/// <summary>What the generated <c>Add...</c> methods call. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WorkflowServices
{
    /// <summary>Adds a workflow as a singleton, and where there is no runtime one with the clock, the log and the drift monitor among the services.</summary>
    /// <typeparam name="TWorkflow">The workflow.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="create">Makes the workflow.</param>
    /// <returns>The services, so that calls can be chained.</returns>
    public static IServiceCollection AddWorkflow<TWorkflow>(IServiceCollection services, Func<IServiceProvider, TWorkflow> create)
        where TWorkflow : class
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(static provider => new WorkflowRuntime
        {
            TimeProvider = provider.GetService<TimeProvider>() ?? TimeProvider.System,
            Logger = provider.GetService<ILoggerFactory>()?.CreateLogger("FlowCompile") ?? NullLogger.Instance,
            Drift = provider.GetService<DriftMonitor>(),
        });
        services.TryAddSingleton(create);
        return services;
    }

    /// <summary>The models among the services.</summary>
    /// <param name="provider">The services.</param>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public static ModelCatalog Models(IServiceProvider provider) => provider.GetService<ModelCatalog>() ?? throw new InvalidOperationException(
        "No ModelCatalog is among the services; add one, for example services.AddSingleton(new ModelCatalog().Add(\"mini\", client)).");

    /// <summary>What runs share, among the services.</summary>
    /// <param name="provider">The services.</param>
    public static WorkflowRuntime Runtime(IServiceProvider provider) => provider.GetRequiredService<WorkflowRuntime>();
}
