using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>
/// Counts what model calls are billed for, and says whether another request may be sent. Whoever pays for calls sets one around them (<see cref="Use"/>);
/// a chat client that sends requests of its own accord, such as a retry or a second request that goes on from a prefix, asks
/// <see cref="Current"/> before each of them, and says afterwards what it was billed for. A client that knows nothing of it is counted by its responses.
/// </summary>
/// <remarks>It follows the flow of the code, as activities do, so that clients which wrap others need to know nothing of it.</remarks>
public abstract class RequestMeter
{
    private static readonly AsyncLocal<RequestMeter?> s_current = new();

    /// <summary>The meter of the code that runs; <see langword="null"/> where nobody counts.</summary>
    public static RequestMeter? Current => s_current.Value;

    /// <summary>Makes this the meter of the code that runs, until what is returned is disposed.</summary>
    public IDisposable Use()
    {
        var before = s_current.Value;
        s_current.Value = this;
        return new Restore(before);
    }

    /// <summary>Says that <see cref="BeginAsync"/> will be asked before the first request of a call, too: until then nothing of it is under way.</summary>
    public virtual void Announce()
    {
    }

    /// <summary>Asks before a request is sent, and waits until it may be.</summary>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    /// <exception cref="Exception">No request may be sent any more. A client hands the exception on as it is, and tries nothing again.</exception>
    public abstract ValueTask BeginAsync(CancellationToken cancellationToken);

    /// <summary>Says what the request that was begun last is billed for.</summary>
    /// <param name="usage">Tokens of the prompt and generated tokens; a count that is not known is <see langword="null"/>.</param>
    /// <param name="isAll">
    /// Whether that is all of it. Of a request that broke off or ran into a time limit it is what is known, and the server may have generated more.
    /// </param>
    public abstract void Settle(UsageDetails usage, bool isAll);

    private sealed class Restore(RequestMeter? before) : IDisposable
    {
        public void Dispose() => s_current.Value = before;
    }
}
