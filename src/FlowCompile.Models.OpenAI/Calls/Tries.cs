using System.Globalization;
using Microsoft.Extensions.Logging;

namespace FlowCompile.Models.OpenAI;

/// <summary>
/// Tries one call until it has an answer, or no try is left or can help. Waits grow from try to try, jittered, unless the server says how long to
/// wait. While the server loads the model the call waits without using its tries up, as long as one try may take.
/// </summary>
internal sealed class Tries(OpenAIModelOptions model, CallTime callTime, TimeProvider time, ILogger logger, OnceFlag saidLoading)
{
    // A model that is there should not wait long for its call.
    private static readonly TimeSpan s_longestPoll = TimeSpan.FromSeconds(5);

    // From the shortest wait to beyond the longest.
    private const int MostDoublings = 64;
    private long? _loadingSince;
    private int _polls;

    /// <summary>The tries that were made so far; what a server refused while it loaded the model counts as one together.</summary>
    public int Count { get; private set; }

    /// <summary>Makes the call.</summary>
    /// <typeparam name="T">What it gives.</typeparam>
    /// <param name="attempt">One try.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="FailedCallException">It failed for good.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> attempt, CancellationToken cancellationToken)
    {
        for (var isTry = true; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Count += isTry ? 1 : 0;
            FailedCallException failure;
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (FailedCallException e) when (e.IsLoading || (e.IsTransient && Count <= model.Retries))
            {
                failure = e;
            }

            isTry = !failure.IsLoading;
            var wait = isTry ? failure.RetryAfter ?? Growing(Count - 1, model.MaxRetryDelay) : LoadingWait(failure);
            if (callTime.Against(wait) is { } reason)
            {
                throw failure.OutOfTime(reason);
            }

            if (isTry)
            {
                Log.Retrying(logger, model.DisplayName, Count, wait, failure.Message);
            }

            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan LoadingWait(FailedCallException failure)
    {
        if (saidLoading.Set())
        {
            Log.Loading(logger, model.DisplayName, model.Timeout);
        }

        var since = _loadingSince ??= time.GetTimestamp();
        var left = model.Timeout - time.GetElapsedTime(since);
        if (left <= TimeSpan.Zero)
        {
            throw failure.Final(string.Create(CultureInfo.InvariantCulture, $"it was still loading after {model.Timeout.TotalSeconds:0.###} s"));
        }

        var wait = failure.RetryAfter ?? Growing(_polls++, s_longestPoll);
        return wait < left ? wait : left;
    }

    private TimeSpan Growing(int waits, TimeSpan longest)
    {
        // Nothing grows to nothing, however often it doubles.
        var (jitter, growth) = (0.75 + (Random.Shared.NextDouble() / 2), Math.Pow(2, Math.Min(waits, MostDoublings)));
        return TimeSpan.FromSeconds(Math.Min(model.RetryDelay.TotalSeconds * growth * jitter, Math.Min(longest.TotalSeconds, model.MaxRetryDelay.TotalSeconds)));
    }
}
