using System.Collections.Concurrent;

namespace FlowCompile.Profiling;

/// <summary>Works through a list, several items at once, beside other processes that work through the same list: each item is done once.</summary>
internal sealed class SharedWork(ProfileContext context)
{
    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(100);
    private readonly ClaimTable _claims = context.Store.Claims;

    /// <summary>Does what is left to do of a list, until all is done or a limit is reached.</summary>
    /// <typeparam name="T">The type of an item.</typeparam>
    /// <param name="items">The items, in the order to do them.</param>
    /// <param name="atOnce">How many are done at once.</param>
    /// <param name="key">An item's key.</param>
    /// <param name="isDone">Whether somebody has done an item meanwhile; it asks nothing but the store.</param>
    /// <param name="work">Does an item, and says what is to be written of it; <see langword="null"/> for nothing.</param>
    /// <param name="doneByOther">Told of an item that somebody else has done.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task DrainAsync<T>(
        IReadOnlyList<T> items,
        int atOnce,
        Func<T, string> key,
        Func<T, bool> isDone,
        Func<T, CancellationToken, Task<WorkResult?>> work,
        Action<T> doneByOther,
        CancellationToken cancellationToken)
        where T : class
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken };
        _claims.DropDead();
        while (items.Count > 0 && context.Spending.Reached is null)
        {
            // Another process is at work on these; they come again at the end, for its result or, should it die, for us to do.
            var taken = new ConcurrentQueue<(int Position, T Item)>();
            var next = -1;
            await Parallel.ForEachAsync(Enumerable.Range(0, Math.Min(atOnce, items.Count)), options, (_, token) => WorkAsync(items, () => Interlocked.Increment(ref next), taken, token))
                .ConfigureAwait(false);
            items = [.. taken.OrderBy(pair => pair.Position).Select(pair => pair.Item)];
            if (items.Count > 0)
            {
                await Task.Delay(s_wait, context.Time, cancellationToken).ConfigureAwait(false);
                _claims.DropDead();
            }
        }

        // What one item came to is written, and its claim given back, together with the claim of the worker's next one: before that begins, and in one transaction.
        async ValueTask WorkAsync(IReadOnlyList<T> list, Func<int> next, ConcurrentQueue<(int Position, T Item)> taken, CancellationToken token)
        {
            T? held = null;
            WorkResult? result = null;
            try
            {
                while (!token.IsCancellationRequested && context.Spending.Reached is null && next() is var position && position < list.Count)
                {
                    var item = list[position];
                    var before = (held, result);
                    (held, result) = (null, null);
                    var (isTaken, isOver) = await MoveAsync(before.held, before.result, item).ConfigureAwait(false);
                    held = isTaken ? item : null;
                    if (!isTaken)
                    {
                        taken.Enqueue((position, item));
                    }
                    else if (isOver)
                    {
                        doneByOther(item);
                    }
                    else
                    {
                        try
                        {
                            result = await work(item, token).ConfigureAwait(false);
                        }
                        catch (LimitReachedException)
                        {
                            // What is not measured is left for another run; that no more can be is seen before the next item.
                        }
                    }
                }
            }
            finally
            {
                if (held is not null)
                {
                    await MoveAsync(held, result, null).ConfigureAwait(false);
                }
            }

            token.ThrowIfCancellationRequested();
        }

        async Task<(bool IsTaken, bool IsOver)> MoveAsync(T? held, WorkResult? result, T? wanted)
        {
            var answer = await context.Store.TransactAsync(() =>
            {
                result?.Write();
                if (held is not null)
                {
                    _claims.Release(key(held));
                }

                var isTaken = wanted is not null && _claims.TryTake(key(wanted));
                return (isTaken, isTaken && isDone(wanted!));
            }).ConfigureAwait(false);
            result?.Written();
            return answer;
        }
    }
}
