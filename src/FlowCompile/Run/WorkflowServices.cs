using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FlowCompile;

/// <summary>What the generated <c>Add...</c> methods call. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WorkflowServices
{
    /// <summary>
    /// Adds a workflow as a singleton, and where there is no runtime one with the options (<see cref="WorkflowRuntimeOptions"/>,
    /// <see cref="WorkflowPlanOptions"/>), the clock, the log and the drift monitor among the services.
    /// </summary>
    /// <typeparam name="TWorkflow">The workflow.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="create">Makes the workflow.</param>
    /// <returns>The services, so that calls can be chained.</returns>
    public static IServiceCollection AddWorkflow<TWorkflow>(IServiceCollection services, Func<IServiceProvider, TWorkflow> create)
        where TWorkflow : class, IWorkflow
    {
        ArgumentNullException.ThrowIfNull(services);
        if (!services.Any(service => service.ServiceType == typeof(TWorkflow)))
        {
            services.AddSingleton(new WorkflowRegistration(TWorkflow.Descriptor.Graph, TWorkflow.Descriptor.CompiledPlan));
        }

        services.AddOptions();
        services.TryAddSingleton(CreateWatcher);
        services.TryAddSingleton(CreateRuntime);
        services.TryAddSingleton(create);
        return services;
    }

    /// <summary>Adds a workflow that its factory makes.</summary>
    /// <typeparam name="TWorkflow">The workflow.</typeparam>
    /// <param name="services">The services.</param>
    /// <returns>The services, so that calls can be chained.</returns>
    public static IServiceCollection AddWorkflow<TWorkflow>(IServiceCollection services)
        where TWorkflow : class, IWorkflow => AddWorkflow(services, static provider => (TWorkflow)TWorkflow.Descriptor.CreateWorkflow(provider));

    /// <summary>The models among the services.</summary>
    /// <param name="provider">The services.</param>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public static ModelCatalog Models(IServiceProvider provider) => provider.GetService<ModelCatalog>() ?? throw new InvalidOperationException(
        "No ModelCatalog is among the services; add one, for example services.AddModel(\"mini\", client).");

    /// <summary>What runs share, among the services.</summary>
    /// <param name="provider">The services.</param>
    public static WorkflowRuntime Runtime(IServiceProvider provider) => provider.GetRequiredService<WorkflowRuntime>();

    private static WorkflowRuntime CreateRuntime(IServiceProvider provider)
    {
        var options = provider.GetService<IOptions<WorkflowRuntimeOptions>>()?.Value ?? new WorkflowRuntimeOptions();
        return new WorkflowRuntime(options)
        {
            TimeProvider = Time(provider),
            Logger = Logger(provider),
            Plans = provider.GetService<PlanWatcher>(),
            Drift = provider.GetService<DriftMonitor>(),
        };
    }

    private static PlanWatcher CreateWatcher(IServiceProvider provider)
    {
        var watcher = new PlanWatcher(provider.GetService<ModelCatalog>(), Time(provider), Logger(provider));
        if (provider.GetService<IOptionsMonitor<WorkflowPlanOptions>>() is { } options)
        {
            var graphs = provider.GetServices<WorkflowRegistration>().Select(workflow => workflow.Graph).ToList();
            graphs.ForEach(graph => watcher.Watch(graph, options.Get(graph.Name)));
            watcher.Own(options.OnChange((changed, name) => watcher.TryWatch(graphs.Where(graph => graph.Name == name), changed)));
        }

        return watcher;
    }

    private static TimeProvider Time(IServiceProvider provider) => provider.GetService<TimeProvider>() ?? TimeProvider.System;

    private static ILogger Logger(IServiceProvider provider) => provider.GetService<ILoggerFactory>()?.CreateLogger("FlowCompile") ?? NullLogger.Instance;
}
