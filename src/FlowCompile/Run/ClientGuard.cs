using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>
/// Stands between whoever calls a model and its chat client, which may be anybody's: what a client must not return, and a call that it gives up though nobody
/// wanted that, become failures of the model. A call whose token is canceled is waited for no longer than a moment.
/// </summary>
internal static class ClientGuard
{
    // More than any model takes or generates.
    private const long MostTokens = 1_000_000_000;

    // A client that heeds its token ends the call itself, and has given back what it held; on a busy machine that takes a while.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);

    /// <summary>Asks the client of a model.</summary>
    /// <exception cref="ModelCallException">The client returned no task.</exception>
    public static Task<ChatResponse> Ask(
        IChatClient client, string model, IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) =>
        client.GetResponseAsync(messages, options, cancellationToken) ?? throw Broken(model, "returned no task");

    /// <summary>Asks the client of a model for its answer while it is written.</summary>
    /// <exception cref="ModelCallException">The client returned no stream.</exception>
    public static IAsyncEnumerator<ChatResponseUpdate> AskStreaming(
        IChatClient client, string model, IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) =>
        (client.GetStreamingResponseAsync(messages, options, cancellationToken) ?? throw Broken(model, "returned no stream"))
        .GetAsyncEnumerator(cancellationToken) ?? throw Broken(model, "returned a stream that cannot be read");

    /// <summary>Waits for a call to end, and once its token is canceled no longer than a moment.</summary>
    /// <exception cref="OperationCanceledException">The token is canceled, and the client goes on regardless.</exception>
    public static async Task<T> EndAsync<T>(Task<T> call, CancellationToken cancellationToken)
    {
        if (!call.IsCompleted && cancellationToken.CanBeCanceled)
        {
            await ((Task)call.WaitAsync(cancellationToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!call.IsCompleted)
            {
                await ((Task)call.WaitAsync(s_grace, CancellationToken.None)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (!call.IsCompleted)
            {
                Forget(call);
                throw new OperationCanceledException(cancellationToken);
            }
        }

        return await call.ConfigureAwait(false);
    }

    /// <summary>Leaves a call to itself. What it throws is nobody's any more.</summary>
    public static void Forget(Task call) => _ = call.ContinueWith(
        static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    /// <summary>What is wrong with a response; <see langword="null"/> where nothing is.</summary>
    public static ModelCallException? Problem(string model, ChatResponse? response)
    {
        if (response is null)
        {
            return Broken(model, "returned no response");
        }

        var messages = response.Messages;
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i] is not { } message)
            {
                return Broken(model, "returned a message that is null");
            }

            if (HasNull(message.Contents))
            {
                return Broken(model, "returned a content that is null");
            }
        }

        return response.GetTimings() is { } timings && (timings.Total < TimeSpan.Zero || timings.TimeToFirstToken < TimeSpan.Zero)
            ? Broken(model, "returned a negative time")
            : Problem(model, response.Usage);
    }

    /// <summary>What is wrong with an update of a response; <see langword="null"/> where nothing is.</summary>
    public static ModelCallException? Problem(string model, ChatResponseUpdate? update)
    {
        if (update is null)
        {
            return Broken(model, "returned an update that is null");
        }

        if (HasNull(update.Contents))
        {
            return Broken(model, "returned a content that is null");
        }

        foreach (var content in update.Contents)
        {
            if (content is UsageContent usage && Problem(model, usage.Details) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>A call that the client gave up by itself is a failure like any other: whoever sees it must not take it for a cancellation.</summary>
    public static ModelCallException GaveUp(string model, Exception exception) => new(
        ModelCallFailure.Timeout, $"The client of the model '{model}' gave the call up, though nobody canceled it: {exception.Message}", exception)
    {
        MayPass = true,
    };

    private static ModelCallException? Problem(string model, UsageDetails? usage) =>
        usage is null || (IsCount(usage.InputTokenCount) && IsCount(usage.OutputTokenCount) && IsCount(usage.ReasoningTokenCount)
            && IsCount(usage.TotalTokenCount) && IsCount(usage.CachedInputTokenCount))
            ? null
            : Broken(model, "returned a number of tokens that cannot be");

    private static bool IsCount(long? tokens) => tokens is null or (>= 0 and <= MostTokens);

    private static bool HasNull(IList<AIContent> contents)
    {
        for (var i = 0; i < contents.Count; i++)
        {
            if (contents[i] is null)
            {
                return true;
            }
        }

        return false;
    }

    private static ModelCallException Broken(string model, string what) =>
        new(ModelCallFailure.InvalidResponse, $"The client of the model '{model}' {what}.") { MayPass = true };
}
