using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlowCompile.Profiling.Tests;

/// <summary>What a factory finds among the services while its workflow is measured.</summary>
public sealed class FactoryServicesTests : IDisposable
{
    private readonly ModelCatalog _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public void The_models_and_what_every_application_has()
    {
        var services = new FactoryServices(_models);

        Assert.Same(_models, services.GetRequiredService<ModelCatalog>());
        Assert.NotNull(services.GetRequiredService<WorkflowRuntime>());
        Assert.Same(TimeProvider.System, services.GetRequiredService<TimeProvider>());
        Assert.False(services.GetRequiredService<ILogger<FactoryServicesTests>>().IsEnabled(LogLevel.Critical));
        Assert.Empty(services.GetServices<IDisposable>());
        Assert.Same(_models, services.GetServices<ModelCatalog>().Single());
        Assert.Same(services, services.GetRequiredService<IServiceProvider>());
        Assert.Same(_models, ActivatorUtilities.CreateInstance<NeedsMore>(services, "more").Models);
    }

    [Fact]
    public void What_is_not_there_is_nothing()
    {
        var services = new FactoryServices(_models);

        Assert.Null(services.GetService<IDisposable>());
        Assert.Throws<InvalidOperationException>(services.GetRequiredService<IDisposable>);
    }

    public sealed record NeedsMore(ModelCatalog Models, string More);
}
