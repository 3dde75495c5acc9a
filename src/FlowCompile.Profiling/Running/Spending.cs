using FlowCompile.Settings;

namespace FlowCompile.Profiling;

/// <summary>Adds up what one run of a profile spends, and says when a limit is reached: no call begins after that.</summary>
internal sealed class Spending(ProfilerOptions options, ProjectSettings settings, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private double _cost;
    private long _tokens;

    /// <summary>The limit that is reached, if one is.</summary>
    public ProfileLimit? Reached
    {
        get
        {
            lock (_lock)
            {
                return _cost >= options.MaxCost ? ProfileLimit.Cost
                    : _tokens >= options.MaxTokens ? ProfileLimit.Tokens
                    : time.GetElapsedTime(_start) >= options.MaxTime ? ProfileLimit.Time
                    : null;
            }
        }
    }

    /// <summary>Adds a call that was made.</summary>
    /// <param name="model">The model.</param>
    /// <param name="inputTokens">Tokens of the prompt.</param>
    /// <param name="generatedTokens">Thinking tokens and tokens of the answer.</param>
    public void Add(string model, long inputTokens, long generatedTokens)
    {
        lock (_lock)
        {
            _tokens += inputTokens + generatedTokens;
            _cost += settings.FindModel(model)?.Price?.CostOf(inputTokens, generatedTokens) ?? 0;
        }
    }
}
