using FlowCompile;
using FlowCompile.Settings;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the models that workflows run on.</summary>
public static class ModelServiceCollectionExtensions
{
    /// <summary>
    /// Adds a model: any chat client, under the name that settings use. The first call also adds the <see cref="ModelCatalog"/> of all models added so,
    /// unless there is one.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The model's name.</param>
    /// <param name="client">Makes its client, once. The catalog disposes it.</param>
    /// <param name="price">What its tokens cost (default: nothing).</param>
    /// <returns>The services, so that calls can be chained.</returns>
    public static IServiceCollection AddModel(this IServiceCollection services, string name, Func<IServiceProvider, IChatClient> client, ModelPrice price = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(client);
        return services.AddRegistration(new ModelRegistration(name, client, price, LeaveOpen: false));
    }

    /// <summary>Adds a model whose client is there already, and that its owner disposes.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The model's name.</param>
    /// <param name="client">Its client.</param>
    /// <param name="price">What its tokens cost (default: nothing).</param>
    /// <returns>The services, so that calls can be chained.</returns>
    public static IServiceCollection AddModel(this IServiceCollection services, string name, IChatClient client, ModelPrice price = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(client);
        return services.AddRegistration(new ModelRegistration(name, _ => client, price, LeaveOpen: true));
    }

    private static IServiceCollection AddRegistration(this IServiceCollection services, ModelRegistration model)
    {
        services.AddSingleton(model);
        services.TryAddSingleton(CreateCatalog);
        return services;
    }

    private static ModelCatalog CreateCatalog(IServiceProvider provider)
    {
        var catalog = new ModelCatalog();
        foreach (var model in provider.GetServices<ModelRegistration>())
        {
            catalog.Add(model.Name, model.Client(provider), model.LeaveOpen, model.Price);
        }

        return catalog;
    }
}
