using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>A call that is made a second time where the first takes long: the first answer counts, and the other call is canceled.</summary>
internal static class HedgedCall
{
    public static async Task<ChatResponse> GetResponseAsync(
        SubAgentContext agent, IEnumerable<ChatMessage> messages, ChatOptions? options, TimeSpan after, CancellationToken cancellationToken)
    {
        var prompt = messages as IReadOnlyCollection<ChatMessage> ?? [.. messages];
        using var decided = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = ModelCall.AskAsync(agent, prompt, options, isHedge: false, decided.Token);
        if (await EndsWithinAsync(first, after, agent.Host.Time).ConfigureAwait(false))
        {
            return await first.ConfigureAwait(false);
        }

        var second = ModelCall.AskAsync(agent, prompt, options, isHedge: true, decided.Token);
        var winner = (Task<ChatResponse>)await WinnerAsync(first, second).ConfigureAwait(false);
        await decided.CancelAsync().ConfigureAwait(false);
        await ((Task)Task.WhenAll(first, second)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Record(agent, after, winner, winner == first ? second : first, hasWon: winner == second);
        return await winner.ConfigureAwait(false);
    }

    /// <summary>The same of an answer that is read while it is written: the first call that has some content counts.</summary>
    public static async Task<ModelStream> GetStreamAsync(
        SubAgentContext agent, IEnumerable<ChatMessage> messages, ChatOptions? options, TimeSpan after, CancellationToken cancellationToken)
    {
        var prompt = messages as IReadOnlyCollection<ChatMessage> ?? [.. messages];
        var first = Open(isHedge: false);
        var firstContent = first.ReachContentAsync();
        if (await EndsWithinAsync(firstContent, after, agent.Host.Time).ConfigureAwait(false))
        {
            return await TakeAsync(first, firstContent).ConfigureAwait(false);
        }

        var second = Open(isHedge: true);
        var secondContent = second.ReachContentAsync();
        var winner = await WinnerAsync(firstContent, secondContent).ConfigureAwait(false);
        var (lost, lostContent) = winner == firstContent ? (second, secondContent) : (first, firstContent);
        await lost.CancelAsync(lostContent).ConfigureAwait(false);
        await lost.DisposeAsync().ConfigureAwait(false);
        Record(agent, after, winner, lostContent, hasWon: winner == secondContent);
        return await TakeAsync(winner == firstContent ? first : second, winner).ConfigureAwait(false);

        ModelStream Open(bool isHedge) =>
            new(agent, prompt, options, CancellationTokenSource.CreateLinkedTokenSource(cancellationToken), isHedge, cancellationToken);

        static async Task<ModelStream> TakeAsync(ModelStream stream, Task content)
        {
            if (!content.IsCompletedSuccessfully)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }

            await content.ConfigureAwait(false);
            return stream;
        }
    }

    // One that fails waits for the other; where both do, the first says why.
    private static async Task<Task> WinnerAsync(Task first, Task second)
    {
        var winner = await Task.WhenAny(first, second).ConfigureAwait(false);
        if (!winner.IsCompletedSuccessfully)
        {
            var other = winner == first ? second : first;
            await other.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            winner = other.IsCompletedSuccessfully ? other : first;
        }

        return winner;
    }

    private static void Record(SubAgentContext agent, TimeSpan after, Task winner, Task loser, bool hasWon)
    {
        // What it threw after it was canceled is no failure of its model.
        var failure = agent.ModelFailed ? loser.Exception?.InnerException : null;
        agent.Host.Record(agent, new Hedge(agent.Node, agent.Replica, agent.Attempt, agent.Setting, after, hasWon), failure);
        if (winner.IsCompletedSuccessfully)
        {
            agent.ModelFailed = false;
        }
    }

    private static async Task<bool> EndsWithinAsync(Task call, TimeSpan time, TimeProvider clock)
    {
        using var ended = new CancellationTokenSource();
        var delay = Task.Delay(time, clock, ended.Token);
        await Task.WhenAny(call, delay).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        return call.IsCompleted;
    }
}
