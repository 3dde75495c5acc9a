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
    /// <param name="isDone">Whether somebody has done an item meanwhile.</param>
    /// <param name="work">Does an item.</param>
    /// <param name="doneByOther">Told of an item that somebody else has done.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task DrainAsync<T>(
        IReadOnlyList<T> items,
        int atOnce,
        Func<T, string> key,
        Func<T, bool> isDone,
        Func<T, CancellationToken, Task> work,
        Action<T> doneByOther,
        CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken };
        _claims.DropDead();
        while (items.Count > 0 && context.Spending.Reached is null)
        {
            // Another process is at work on these; they come again at the end, for its result or, should it die, for us to do.
            var taken = new ConcurrentQueue<(int Position, T Item)>();
            await Parallel.ForEachAsync(items.Index(), options, async (entry, token) =>
            {
                if (context.Spending.Reached is not null)
                {
                    return;
                }

                if (!_claims.TryTake(key(entry.Item)))
                {
                    taken.Enqueue((entry.Index, entry.Item));
                    return;
                }

                try
                {
                    if (isDone(entry.Item))
                    {
                        doneByOther(entry.Item);
                    }
                    else
                    {
                        await work(entry.Item, token).ConfigureAwait(false);
                    }
                }
                catch (LimitReachedException)
                {
                    // What is not measured is left for another run; that no more can be is seen before the next item.
                }
                finally
                {
                    _claims.Release(key(entry.Item));
                }
            }).ConfigureAwait(false);
            items = [.. taken.OrderBy(pair => pair.Position).Select(pair => pair.Item)];
            if (items.Count > 0)
            {
                await Task.Delay(s_wait, context.Time, cancellationToken).ConfigureAwait(false);
                _claims.DropDead();
            }
        }
    }
}
