using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>
/// Answers one prompt under several reasoning budgets from one decode: what a call thinks under a small budget is how it begins to think
/// under a larger one, so the thinking is decoded once and each smaller budget decodes its answer from the cut. A chat client that
/// can go on from a prefix gives it through <see cref="IChatClient.GetService"/>; with any other client each budget is a call of its own.
/// </summary>
public interface IBudgetSweep
{
    /// <summary>Answers a prompt under each of the budgets.</summary>
    /// <param name="messages">The prompt.</param>
    /// <param name="budgets">
    /// The budgets in thinking tokens, each 0 or more, all different, in any order; they take the place of the one in <paramref name="options"/>.
    /// </param>
    /// <param name="options">The options of all the calls. Sampled calls without a seed share one that is drawn for them.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>
    /// For each budget, in order, the response that a call of its own with the same seed gives, token for token. A response for which
    /// part of another was reused says so in <see cref="GenerationTimings.IsDerived"/>.
    /// </returns>
    /// <exception cref="ArgumentException">A budget is negative, or there twice.</exception>
    Task<IReadOnlyList<ChatResponse>> GetResponsesAsync(
        IEnumerable<ChatMessage> messages, IReadOnlyList<int> budgets, ChatOptions? options = null, CancellationToken cancellationToken = default);
}
