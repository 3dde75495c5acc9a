using Microsoft.Extensions.AI;

namespace FlowCompile.Models.OpenAI.Tests;

/// <summary>A meter that keeps what it is told, and lets so many requests begin.</summary>
/// <param name="most">How many requests may begin.</param>
internal sealed class RecordingMeter(int most = int.MaxValue) : RequestMeter
{
    private readonly List<(long? Input, long? Output, bool IsAll)> _ends = [];

    public int Begun { get; private set; }

    public IReadOnlyList<(long? Input, long? Output, bool IsAll)> Ends => _ends;

    public override ValueTask BeginAsync(CancellationToken cancellationToken) =>
        ++Begun <= most ? ValueTask.CompletedTask : throw new SpentException();

    public override void Settle(UsageDetails usage, bool isAll) => _ends.Add((usage.InputTokenCount, usage.OutputTokenCount, isAll));

    public sealed class SpentException : Exception;
}
