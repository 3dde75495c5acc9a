using FlowCompile.Tests.Run.Golden.Planned;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlowCompile.Tests.Run;

public class ServicesTests
{
    [Fact]
    public void Workflow_TakesModelsAndRuntimeFromTheServices()
    {
        using var models = new ModelCatalog();
        var runtime = new WorkflowRuntime();
        var services = new ServiceCollection();
        services.AddSingleton(models);
        services.AddSingleton(runtime);

        services.AddMathWorkflow();

        var provider = new Provider(services);
        var workflow = (MathWorkflow)provider.GetService(typeof(MathWorkflow))!;
        Assert.Same(models, workflow.Models);
        Assert.Same(runtime, workflow.Runtime);
    }

    [Fact]
    public void Runtime_TakesClockAndLogFromTheServices()
    {
        using var log = new KeptLog();
        var services = new ServiceCollection();
        services.AddSingleton(new ModelCatalog());
        services.AddSingleton<ILoggerFactory>(log);
        services.AddSingleton(TimeProvider.System);

        services.AddMathWorkflow().AddMathWorkflow();

        var runtime = (WorkflowRuntime)new Provider(services).GetService(typeof(WorkflowRuntime))!;
        Assert.Same(TimeProvider.System, runtime.TimeProvider);
        Assert.Same(log.Logger, runtime.Logger);
        Assert.Single(services, service => service.ServiceType == typeof(MathWorkflow));
    }

    [Fact]
    public void WithoutModels_TheMessageSaysWhatToAdd()
    {
        var services = new ServiceCollection();
        services.AddMathWorkflow();

        var error = Assert.Throws<InvalidOperationException>(() => new Provider(services).GetService(typeof(MathWorkflow)));

        Assert.StartsWith("No ModelCatalog is among the services; add one", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Resolves singletons by their factory or instance: all that the generated method uses.</summary>
    private sealed class Provider(IServiceCollection services) : IServiceProvider
    {
        public object? GetService(Type serviceType) => services.LastOrDefault(service => service.ServiceType == serviceType) is { } found
            ? found.ImplementationInstance ?? found.ImplementationFactory!(this)
            : null;
    }
}
