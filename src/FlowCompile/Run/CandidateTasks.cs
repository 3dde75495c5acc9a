using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace FlowCompile;

/// <summary>The members of a candidate list while they are still running, in order. For generated code.</summary>
/// <typeparam name="T">The type of one candidate.</typeparam>
/// <param name="capacity">The most candidates that any structure has.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "Nobody compares it.")]
public struct CandidateTasks<T>(int capacity)
{
    private readonly Task<T>[] _tasks = new Task<T>[capacity];
    private int _count;

    /// <summary>The only candidate; <see langword="null"/> where there is none or more than one.</summary>
    public readonly Task<T>? Only => _count == 1 ? _tasks[0] : null;

    /// <summary>Adds a candidate.</summary>
    /// <param name="candidate">The candidate; <see langword="null"/> adds none. One that stands for another already added counts once.</param>
    public void Add(Task<T>? candidate)
    {
        if (candidate is null)
        {
            return;
        }

        // There are few: each is looked at.
        foreach (var other in _tasks.AsSpan(0, _count))
        {
            if (other == candidate)
            {
                return;
            }
        }

        _tasks[_count++] = candidate;
    }

    /// <summary>Adds the replicas of a node, in their order.</summary>
    /// <param name="replicas">The replicas.</param>
    public void Add(Task<T>[] replicas)
    {
        ArgumentNullException.ThrowIfNull(replicas);
        foreach (var replica in replicas)
        {
            Add(replica);
        }
    }

    /// <summary>Waits for all candidates.</summary>
    /// <returns>Their values, in order.</returns>
    public readonly ValueTask<T[]> ToArrayAsync()
    {
        var values = new T[_count];
        for (var i = 0; i < values.Length; i++)
        {
            if (!_tasks[i].IsCompletedSuccessfully)
            {
                return RestAsync(values, i);
            }

            values[i] = _tasks[i].Result;
        }

        return new ValueTask<T[]>(values);
    }

    private readonly async ValueTask<T[]> RestAsync(T[] values, int next)
    {
        for (var i = next; i < values.Length; i++)
        {
            values[i] = await _tasks[i].ConfigureAwait(false);
        }

        return values;
    }

    internal readonly int Count => _count;

    /// <summary>Whether no candidate failed or was canceled.</summary>
    internal readonly bool AreSound => !Array.Exists(_tasks, task => task is { IsFaulted: true } or { IsCanceled: true });

    /// <summary>Whether enough of the candidates that are there agree.</summary>
    /// <param name="agree">How many have to agree.</param>
    /// <param name="equality">Whether two agree.</param>
    internal readonly bool HaveAgreed(int agree, Func<T, T, bool> equality) => There(agree, equality).Agreed.Count > 0;

    /// <summary>Waits until enough candidates agree, or all are there.</summary>
    /// <param name="agree">How many have to agree.</param>
    /// <param name="equality">Whether two agree.</param>
    /// <returns>Those that are there.</returns>
    internal readonly async ValueTask<CandidateValues<T>> UntilAsync(int agree, Func<T, T, bool> equality)
    {
        while (true)
        {
            // Looked at first: what ends while the values are compared is seen the next time.
            var open = _tasks.Take(_count).Where(task => !task.IsCompleted).ToList<Task>();
            var failed = Array.Find(_tasks, task => task is { IsFaulted: true } or { IsCanceled: true });
            var there = There(agree, equality);

            // Where enough agree, nobody needs one that failed.
            if (there.Agreed.Count > 0)
            {
                return there;
            }

            if (failed is not null)
            {
                await failed.ConfigureAwait(false);
            }

            if (open.Count == 0)
            {
                return there;
            }

            await Task.WhenAny(open).ConfigureAwait(false);
        }
    }

    private readonly CandidateValues<T> There(int agree, Func<T, T, bool> equality)
    {
        var there = _tasks.Take(_count).Where(task => task.IsCompletedSuccessfully).ToList();
        foreach (var one in there)
        {
            var agreed = there.Where(other => equality(one.Result, other.Result)).ToList();
            if (agreed.Count >= agree)
            {
                return new CandidateValues<T>(there, agreed);
            }
        }

        return new CandidateValues<T>(there, []);
    }
}
