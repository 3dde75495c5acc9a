using System.Diagnostics.CodeAnalysis;

namespace FlowCompile.Models.OpenAI;

/// <summary>How many calls an endpoint gets at once; the others wait their turn.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore holds nothing but memory as long as nobody asks for its handle, and calls give their places back after their client is disposed.")]
internal sealed class CallLimit
{
    private const int Default = 8;
    private readonly SemaphoreSlim _free = new(Default);
    private readonly object _lock = new();
    private int _limit = Default;
    private int? _asked;

    public int Limit => _limit;

    /// <summary>Takes what a model says of its endpoint into account: the smallest number counts.</summary>
    public void Ask(int? concurrency)
    {
        lock (_lock)
        {
            if (concurrency is not { } wanted || wanted >= _asked)
            {
                return;
            }

            var change = wanted - _limit;
            (_asked, _limit) = (wanted, wanted);
            if (change > 0)
            {
                _free.Release(change);
            }

            for (; change < 0; change++)
            {
                // Not waited for: a call under way keeps its place until it ends.
                _ = _free.WaitAsync();
            }
        }
    }

    public async Task<Place> EnterAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Place(_free);
    }

    /// <summary>A call's place, given back when disposed.</summary>
    internal readonly struct Place(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
