using System.Collections.Concurrent;

namespace FlowCompile.Profiling;

/// <summary>
/// Says which process is at work on which cell, so that two of them share a profile and measure nothing twice. A claim ends with its
/// work, or with its process: the claims of a dead one are dropped.
/// </summary>
internal sealed class ClaimTable(StoreConnection connection) : IDisposable
{
    private static readonly ConcurrentDictionary<string, bool> s_open = new(StringComparer.Ordinal);
    private readonly string _owner = NewOwner();

    /// <summary>Takes a cell or a reference run for this process.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>Whether nobody else has it.</returns>
    public bool TryTake(string key) => connection.Execute("INSERT OR IGNORE INTO claims VALUES (?1, ?2)", key, _owner) == 1;

    /// <summary>Gives a cell back, measured or not.</summary>
    /// <param name="key">Its key.</param>
    public void Release(string key) => connection.Execute("DELETE FROM claims WHERE key = ?1 AND owner = ?2", key, _owner);

    /// <summary>Drops the claims of processes that are gone.</summary>
    public void DropDead()
    {
        foreach (var owner in connection.Query("SELECT DISTINCT owner FROM claims", row => row.Text(0)))
        {
            if (!IsAlive(owner))
            {
                connection.Execute("DELETE FROM claims WHERE owner = ?1", owner);
            }
        }
    }

    public void Dispose()
    {
        s_open.TryRemove(_owner, out _);
        try
        {
            connection.Execute("DELETE FROM claims WHERE owner = ?1", _owner);
        }
        catch (ProfileException)
        {
            // The store has gone bad meanwhile, which whoever used it has been told; the claims end with the process.
        }
    }

    private static string NewOwner()
    {
        var owner = FormattableString.Invariant($"{Environment.ProcessId}:{ProcessStart.Of(Environment.ProcessId)}:{Guid.NewGuid():N}");
        s_open[owner] = true;
        return owner;
    }

    private static bool IsAlive(string owner) => owner.Split(':') is [var id, var start, _] && int.TryParse(id, out var process)
        && (process == Environment.ProcessId ? s_open.ContainsKey(owner) : ProcessStart.Of(process) == start);
}
