using FlowCompile.Settings;
using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>A model of a catalog: its client, its price, who provides it, and how it is doing.</summary>
internal sealed class CatalogModel(ModelCatalog catalog, IChatClient client, ModelPrice price)
{
    public IChatClient Client { get; } = client;

    public ModelPrice Price { get; } = price;

    /// <summary>The provider's name, where the client tells.</summary>
    public string? Provider { get; } = (client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata)?.ProviderName;

    public ModelHealth Health { get; } = new(catalog);
}
