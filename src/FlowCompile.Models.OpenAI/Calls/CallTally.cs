using Microsoft.Extensions.AI;

namespace FlowCompile.Models.OpenAI;

/// <summary>Adds up what the requests of one call are billed for, as far as the server has said it, for the error of a call that fails.</summary>
internal sealed class CallTally : RequestMeter
{
    private readonly RequestMeter? _outer = Current;
    private UsageDetails? _usage;

    public CallTally() => _outer?.Announce();

    /// <summary>The sum; <see langword="null"/> where nothing is known to be billed.</summary>
    public UsageDetails? Usage => _usage;

    public override ValueTask BeginAsync(CancellationToken cancellationToken) => _outer?.BeginAsync(cancellationToken) ?? ValueTask.CompletedTask;

    public override void Settle(UsageDetails usage, bool isAll)
    {
        if (usage is { InputTokenCount: { } input, OutputTokenCount: { } output } && input + output > 0)
        {
            (_usage ??= new UsageDetails { InputTokenCount = 0, OutputTokenCount = 0, TotalTokenCount = 0 })
                .Add(new UsageDetails
                {
                    InputTokenCount = input,
                    OutputTokenCount = output,
                    TotalTokenCount = input + output,
                    CachedInputTokenCount = usage.CachedInputTokenCount,
                });
        }

        _outer?.Settle(usage, isAll);
    }
}
