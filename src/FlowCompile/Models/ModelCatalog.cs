using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>The models a workflow may run on, each a chat client under the name that settings use. Disposing it disposes the clients it owns.</summary>
public sealed class ModelCatalog : IDisposable
{
    private readonly Dictionary<string, IChatClient> _clients = new(StringComparer.Ordinal);
    private readonly List<IChatClient> _owned = [];

    /// <summary>The names, in the order added.</summary>
    public IReadOnlyCollection<string> Names => _clients.Keys;

    /// <summary>The client of a model.</summary>
    /// <param name="model">The model's name.</param>
    /// <exception cref="KeyNotFoundException">No model of that name is in the catalog; the message lists those that are.</exception>
    public IChatClient this[string model] => TryGet(model, out var client)
        ? client
        : throw new KeyNotFoundException(
            $"No model named '{model}' is in the catalog. It has: {(_clients.Count == 0 ? "none" : string.Join(", ", _clients.Keys))}.");

    /// <summary>Adds a model.</summary>
    /// <param name="model">Its name.</param>
    /// <param name="client">Its chat client.</param>
    /// <param name="leaveOpen">Whether disposing the catalog leaves the client alone (default: it is disposed too).</param>
    /// <returns>The catalog, so that calls can be chained.</returns>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public ModelCatalog Add(string model, IChatClient client, bool leaveOpen = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        ArgumentNullException.ThrowIfNull(client);
        if (!_clients.TryAdd(model, client))
        {
            throw new ArgumentException($"A model named '{model}' is in the catalog already.", nameof(model));
        }

        if (!leaveOpen)
        {
            _owned.Add(client);
        }

        return this;
    }

    /// <summary>Looks a model up, and says whether it is there.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="client">Its client, where it is.</param>
    public bool TryGet(string model, [NotNullWhen(true)] out IChatClient? client) => _clients.TryGetValue(model, out client);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var client in _owned)
        {
            client.Dispose();
        }

        _owned.Clear();
        _clients.Clear();
    }
}
