using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowCompile.Profiling;

/// <summary>The services that a factory gets while its workflow is measured: the models, and what every application has. There is no configuration of the application, and no log.</summary>
/// <param name="models">The models.</param>
internal sealed class FactoryServices(ModelCatalog models) : IServiceProvider, IServiceProviderIsService
{
    /// <summary>What there is, for messages.</summary>
    public const string Known = "ModelCatalog, WorkflowRuntime, TimeProvider, ILoggerFactory and ILogger<T>";

    private readonly Dictionary<Type, object> _services = new()
    {
        [typeof(ModelCatalog)] = models,
        [typeof(WorkflowRuntime)] = WorkflowRuntime.Default,
        [typeof(TimeProvider)] = TimeProvider.System,
        [typeof(ILoggerFactory)] = NullLoggerFactory.Instance,
        [typeof(ILogger)] = NullLogger.Instance,
    };

    public object? GetService(Type serviceType)
    {
        if (serviceType == typeof(IServiceProvider) || serviceType == typeof(IServiceProviderIsService))
        {
            return this;
        }

        if (_services.TryGetValue(serviceType, out var service))
        {
            return service;
        }

        var definition = serviceType.IsConstructedGenericType ? serviceType.GetGenericTypeDefinition() : null;
        return definition == typeof(ILogger<>) ? Activator.CreateInstance(typeof(Logger<>).MakeGenericType(serviceType.GetGenericArguments()), NullLoggerFactory.Instance)
            : definition == typeof(IEnumerable<>) ? ListOf(serviceType.GetGenericArguments()[0])
            : null;
    }

    public bool IsService(Type serviceType) => GetService(serviceType) is not null;

    // As a container does: of what it does not know there are none.
    private Array ListOf(Type item)
    {
        var list = Array.CreateInstance(item, GetService(item) is null ? 0 : 1);
        if (list.Length > 0)
        {
            list.SetValue(GetService(item), 0);
        }

        return list;
    }
}
