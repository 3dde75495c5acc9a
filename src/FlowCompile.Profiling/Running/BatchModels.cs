using Microsoft.Extensions.AI;

namespace FlowCompile.Profiling;

/// <summary>The models of a profile as clients that decode in batches: those that can, where <see cref="ProfilerOptions.Batch"/> asks for it.</summary>
internal sealed class BatchModels : IDisposable
{
    // Calls set out together and end one by one; the more there are to set out, the longer batches stay full.
    private const int CallsForAPlace = 2;

    private readonly ProfileContext _context;
    private readonly Dictionary<string, IChatClient> _clients = new(StringComparer.Ordinal);
    private readonly ModelCatalog? _catalog;

    /// <summary>Opens the clients.</summary>
    /// <param name="context">The profile.</param>
    public BatchModels(ProfileContext context)
    {
        _context = context;
        if (context.Options.Batch == 1)
        {
            return;
        }

        var scheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, context.Options.Concurrency).ConcurrentScheduler;
        foreach (var name in context.Identities.Keys)
        {
            if (context.Models[name].GetService<IBatchDecoding>() is { } decoding)
            {
                _clients.Add(name, decoding.OpenBatch(context.Options.Batch, scheduler));
            }
        }

        if (_clients.Count == context.Identities.Count)
        {
            _catalog = _clients.Aggregate(new ModelCatalog(), (catalog, client) => catalog.Add(client.Key, client.Value, leaveOpen: true));
            Workflow = WorkflowInstance.Create(context.Descriptor, _catalog);
        }
    }

    /// <summary>An instance of the workflow on those clients; <see langword="null"/> where not all models can.</summary>
    public object? Workflow { get; }

    /// <summary>How many calls are under way at once, so that batches of as many runs as <see cref="ProfilerOptions.Concurrency"/> says stay full.</summary>
    public int CallsAtOnce => CallsAtOnceOf(_context.Options);

    /// <summary>How many calls are under way at once at most.</summary>
    /// <param name="options">The options.</param>
    public static int CallsAtOnceOf(ProfilerOptions options) => options.Batch == 1 ? options.Concurrency : options.Concurrency * options.Batch * CallsForAPlace;

    /// <summary>A model's client; <see langword="null"/> where its calls are made one by one.</summary>
    /// <param name="model">The model's name.</param>
    public IChatClient? Of(string model) => _clients.GetValueOrDefault(model);

    public void Dispose()
    {
        _catalog?.Dispose();
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
    }
}
