namespace FlowCompile.Models.OpenAI;

/// <summary>
/// The rest that a server asks for with Retry-After. It is kept by all calls of the model, those that wait for their first try included: else each of
/// them would be refused in its turn, and use its tries up.
/// </summary>
internal sealed class ServerRest(TimeProvider time)
{
    // Timers know no less.
    private static readonly TimeSpan s_least = TimeSpan.FromMilliseconds(1);
    private readonly object _lock = new();
    private long _start;
    private TimeSpan _rest;

    /// <summary>Takes a refusal into account.</summary>
    /// <param name="failure">What the server said.</param>
    public void Ask(FailedCallException failure)
    {
        if (failure is not { Failure: ModelCallFailure.RateLimited or ModelCallFailure.ServerError, RetryAfter: { } asked })
        {
            return;
        }

        lock (_lock)
        {
            if (asked > Left())
            {
                (_start, _rest) = (time.GetTimestamp(), asked);
            }
        }
    }

    /// <summary>Waits for a place at the endpoint at a moment at which the server does not rest.</summary>
    /// <param name="limit">The places.</param>
    /// <param name="callTime">How long the caller waits.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="FailedCallException">The caller does not wait that long.</exception>
    public async Task<CallLimit.Place> EnterAsync(CallLimit limit, CallTime callTime, CancellationToken cancellationToken)
    {
        while (true)
        {
            var place = await limit.EnterAsync(cancellationToken).ConfigureAwait(false);
            var left = Left();
            var isOpen = left < s_least;
            if (callTime.Against(isOpen ? TimeSpan.Zero : left) is { } reason)
            {
                place.Dispose();
                throw new FailedCallException(
                    isOpen ? ModelCallFailure.Timeout : ModelCallFailure.RateLimited, isOpen ? "there was no place at the endpoint in time" : $"the server has asked for a rest; {reason}", isTransient: false)
                {
                    IsOutOfTime = true,
                };
            }

            if (isOpen)
            {
                return place;
            }

            // Others at the endpoint may have the place meanwhile.
            place.Dispose();
            await Task.Delay(left, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan Left()
    {
        lock (_lock)
        {
            return _rest > TimeSpan.Zero ? _rest - time.GetElapsedTime(_start) : TimeSpan.Zero;
        }
    }
}
