using System.Diagnostics.CodeAnalysis;
using FlowCompile.Settings;
using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>The models a workflow may run on, each a chat client under the name that settings use. Disposing it disposes the clients it owns.</summary>
public sealed class ModelCatalog : IDisposable
{
    private readonly Dictionary<string, CatalogModel> _models = new(StringComparer.Ordinal);
    private readonly List<IChatClient> _owned = [];
    private int _openCircuits;

    /// <summary>The names, in the order added.</summary>
    public IReadOnlyCollection<string> Names => _models.Keys;

    /// <summary>The client of a model.</summary>
    /// <param name="model">The model's name.</param>
    /// <exception cref="KeyNotFoundException">No model of that name is in the catalog; the message lists those that are.</exception>
    public IChatClient this[string model] => TryGet(model, out var client)
        ? client
        : throw new KeyNotFoundException(
            $"No model named '{model}' is in the catalog. It has: {(_models.Count == 0 ? "none" : string.Join(", ", _models.Keys))}.");

    /// <summary>Adds a model.</summary>
    /// <param name="model">Its name.</param>
    /// <param name="client">Its chat client.</param>
    /// <param name="leaveOpen">Whether disposing the catalog leaves the client alone (default: it is disposed too).</param>
    /// <param name="price">What its tokens cost (default: nothing); the costs of calls come from it.</param>
    /// <returns>The catalog, so that calls can be chained.</returns>
    /// <exception cref="ArgumentException">The name is empty or taken, or a price is negative or no finite number.</exception>
    public ModelCatalog Add(string model, IChatClient client, bool leaveOpen = false, ModelPrice price = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        ArgumentNullException.ThrowIfNull(client);
        if (price is not
            {
                InputPerMillion: >= 0 and < double.PositiveInfinity,
                OutputPerMillion: >= 0 and < double.PositiveInfinity,
                CachedInputPerMillion: null or (>= 0 and < double.PositiveInfinity),
            })
        {
            throw new ArgumentOutOfRangeException(nameof(price), price, $"The prices of the model '{model}' are numbers of 0 or more.");
        }

        if (!_models.TryAdd(model, new CatalogModel(this, client, price)))
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
    public bool TryGet(string model, [NotNullWhen(true)] out IChatClient? client)
    {
        client = Find(model)?.Client;
        return client is not null;
    }

    /// <summary>Whether the circuit breaker of any model is open.</summary>
    internal bool HasOpenCircuit => Volatile.Read(ref _openCircuits) > 0;

    internal void CountOpenCircuits(int change) => Interlocked.Add(ref _openCircuits, change);

    internal CatalogModel? Find(string model) => _models.GetValueOrDefault(model);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var client in _owned)
        {
            client.Dispose();
        }

        _owned.Clear();
        _models.Clear();
    }
}
