using Microsoft.Extensions.AI;

namespace FlowCompile.Profiling.TestHost;

/// <summary>A fake model that claims to decode in batches, and counts what is asked of it alone and in batches.</summary>
/// <param name="model">The model that answers.</param>
public sealed class BatchingModel(IChatClient model) : DelegatingChatClient(model), IBatchDecoding
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _full = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _aloneNow;
    private int _batchedNow;

    /// <summary>The size asked for; 0 where no batch was opened.</summary>
    public int Size { get; private set; }

    /// <summary>Whether the first calls in batches are answered only when there are as many as a batch takes.</summary>
    public bool WaitsForABatch { get; init; }

    /// <summary>How many calls were made alone.</summary>
    public int Alone { get; private set; }

    /// <summary>How many calls were made in batches.</summary>
    public int Batched { get; private set; }

    /// <summary>The most calls that were under way alone at once.</summary>
    public int MostAlone { get; private set; }

    /// <summary>The most calls that were under way in batches at once.</summary>
    public int MostBatched { get; private set; }

    /// <summary>Whether calls alone and calls in batches were ever under way at once.</summary>
    public bool WereMixed { get; private set; }

    /// <inheritdoc/>
    public IChatClient OpenBatch(int size, TaskScheduler scheduler)
    {
        Size = size;
        return new Batch(this);
    }

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var call = Begin(batched: false);
        return await base.GetResponseAsync(messages, options, cancellationToken);
    }

    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(IBatchDecoding) ? this : base.GetService(serviceType, serviceKey);

    private Call Begin(bool batched)
    {
        lock (_lock)
        {
            (Alone, Batched) = batched ? (Alone, Batched + 1) : (Alone + 1, Batched);
            (_aloneNow, _batchedNow) = batched ? (_aloneNow, _batchedNow + 1) : (_aloneNow + 1, _batchedNow);
            (MostAlone, MostBatched) = (Math.Max(MostAlone, _aloneNow), Math.Max(MostBatched, _batchedNow));
            WereMixed |= _aloneNow > 0 && _batchedNow > 0;
            if (_batchedNow == Size)
            {
                _full.TrySetResult();
            }
        }

        return new Call(this, batched);
    }

    private sealed class Call(BatchingModel model, bool batched) : IDisposable
    {
        public void Dispose()
        {
            lock (model._lock)
            {
                (model._aloneNow, model._batchedNow) = batched ? (model._aloneNow, model._batchedNow - 1) : (model._aloneNow - 1, model._batchedNow);
            }
        }
    }

    private sealed class Batch(BatchingModel model) : DelegatingChatClient(model.InnerClient)
    {
        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            using var call = model.Begin(batched: true);
            if (model.WaitsForABatch)
            {
                await model._full.Task.WaitAsync(TimeSpan.FromMinutes(1), cancellationToken);
            }

            var response = await base.GetResponseAsync(messages, options, cancellationToken);
            response.SetTimings(response.GetTimings()! with { IsBatched = true });
            return response;
        }
    }
}
