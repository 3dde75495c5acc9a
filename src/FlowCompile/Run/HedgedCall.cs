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

        // One that fails waits for the other; where both do, the first says why.
        var second = ModelCall.AskAsync(agent, prompt, options, isHedge: true, decided.Token);
        var winner = await Task.WhenAny(first, second).ConfigureAwait(false);
        if (!winner.IsCompletedSuccessfully)
        {
            var other = winner == first ? second : first;
            await ((Task)other).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            winner = other.IsCompletedSuccessfully ? other : first;
        }

        var loser = winner == first ? second : first;
        await decided.CancelAsync().ConfigureAwait(false);
        await ((Task)Task.WhenAll(first, second)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // What it threw after it was canceled is no failure of its model.
        var failure = agent.ModelFailed ? loser.Exception?.InnerException : null;
        var hedge = new Hedge(agent.Node, agent.Replica, agent.Attempt, agent.Setting, after, winner == second);
        agent.Host.Record(agent, hedge, failure);
        if (winner.IsCompletedSuccessfully)
        {
            agent.ModelFailed = false;
        }

        return await winner.ConfigureAwait(false);
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
