using Microsoft.Extensions.AI;

namespace FlowCompile.Profiling;

/// <summary>Asks a model's client what makes the model this one and no other.</summary>
internal static class ModelIdentity
{
    /// <summary>Describes a model of a catalog.</summary>
    /// <param name="models">The catalog.</param>
    /// <param name="name">The model's name.</param>
    /// <exception cref="ProfileException">The catalog has no such model, or its client says nothing of it.</exception>
    public static ProfiledModel Of(ModelCatalog models, string name)
    {
        if (!models.TryGet(name, out var client))
        {
            throw new ProfileException($"No client was made for the model '{name}'; the catalog has: {string.Join(", ", models.Names)}.");
        }

        if (client.GetService(typeof(ModelDescription)) is ModelDescription description)
        {
            return new ProfiledModel(name, $"{description.Provider}:{description.Identity}", description.Device) { Capacity = description.Capacity };
        }

        // Any chat client can be used; what Microsoft.Extensions.AI asks all of them to tell is enough to know an endpoint's model again.
        return client.GetService(typeof(ChatClientMetadata)) is ChatClientMetadata { DefaultModelId: { } id } metadata
            ? new ProfiledModel(name, $"{metadata.ProviderName}:{metadata.ProviderUri?.GetLeftPart(UriPartial.Path)}:{id}", null)
            : throw new ProfileException(
                $"The client of the model '{name}' says nothing of the model; return a ModelDescription or a ChatClientMetadata with a model id from its GetService.");
    }
}
