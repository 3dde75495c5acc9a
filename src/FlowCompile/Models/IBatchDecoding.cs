using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>
/// Decodes calls in batches: a token of each of them in one run of the network, which gives more tokens a second, while each call takes
/// longer than alone. A chat client that can do that gives it through <see cref="IChatClient.GetService"/>.
/// </summary>
public interface IBatchDecoding
{
    /// <summary>Opens a client of the same model that decodes the calls which are under way at once in batches.</summary>
    /// <param name="size">The most calls in one run of the network, 1 or more.</param>
    /// <param name="scheduler">Where the network is run; its concurrency is how many runs there are at once, and several models may share it.</param>
    /// <returns>
    /// The client. It gives the responses that calls of their own give, with times that say so (<see cref="GenerationTimings.IsBatched"/>). Where
    /// the model is an <see cref="IBudgetSweep"/>, so is it. Disposing it leaves the model open.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1.</exception>
    IChatClient OpenBatch(int size, TaskScheduler scheduler);
}
