using Microsoft.Extensions.AI;

namespace FlowCompile.Profiling.TestHost;

/// <summary>A fake model that answers all budgets at once, by asking another for each.</summary>
/// <param name="model">The other.</param>
public sealed class SweepingModel(FakeModel model) : DelegatingChatClient(model), IBudgetSweep
{
    private int _calls;
    private int _sweeps;

    /// <summary>How many single calls were made.</summary>
    public int Calls => _calls;

    /// <summary>How often all budgets were asked for.</summary>
    public int Sweeps => _sweeps;

    /// <summary>Whether asking for all budgets throws.</summary>
    public bool Fails { get; init; }

    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _calls);
        return base.GetResponseAsync(messages, options, cancellationToken);
    }

    public async Task<IReadOnlyList<ChatResponse>> GetResponsesAsync(
        IEnumerable<ChatMessage> messages, IReadOnlyList<int> budgets, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _sweeps);
        if (Fails)
        {
            throw new InvalidOperationException("It does not work.");
        }

        List<ChatResponse> responses = [];
        foreach (var budget in budgets)
        {
            var bound = options?.Clone() ?? new ChatOptions();
            bound.SetReasoningBudget(budget);
            var response = await base.GetResponseAsync(messages, bound, cancellationToken);
            response.SetTimings(response.GetTimings()! with { IsDerived = budget > 0 && budget < budgets.Max(), ReusedTokens = budget == budgets.Max() ? 0 : budget / 2 });
            responses.Add(response);
        }

        return responses;
    }

    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(IBudgetSweep) ? this : base.GetService(serviceType, serviceKey);
}
