using FlowCompile.Plans;

namespace FlowCompile;

/// <summary>What is compared of one cell. Its calls come from many runs at once.</summary>
internal sealed class CellWatch
{
    private readonly object _lock = new();
    private readonly string _workflow;
    private readonly DriftTest? _latency;
    private readonly DriftTest? _tokens;
    private readonly DriftTest? _mistakes; // what a score is below 1

    public CellWatch(string workflow, PlanCell cell, DriftOptions options)
    {
        _workflow = workflow;
        Cell = cell;

        // The profile's own means are off by up to three standard errors.
        var errors = cell.Samples is > 0 and var samples ? 3 / Math.Sqrt(samples) : 0;
        _latency = Test((cell.LatencySeconds * (1 + options.LatencyTolerance)) + (errors * LatencyDeviation(cell)));
        _tokens = cell.Tokens is { } tokens ? Test(tokens * (1 + options.TokenTolerance + errors)) : null;
        _mistakes = cell.Accuracy is { } accuracy ? Test(1 - accuracy + options.AccuracyTolerance + (errors * Math.Sqrt(accuracy * (1 - accuracy)))) : null;

        // A limit of 0 cannot be bet on: a latency that was never there, or no tokens.
        DriftTest? Test(double limit) => limit > 0 ? new DriftTest(limit, options.CallsPerFalseAlarm) : null;
    }

    /// <summary>What the plan has of it.</summary>
    public PlanCell Cell { get; }

    /// <summary>A call ended.</summary>
    /// <returns>What drifted with it.</returns>
    public IReadOnlyList<CellDrift> Add(TimeSpan latency, long tokens)
    {
        lock (_lock)
        {
            var slower = Add(_latency, latency.TotalSeconds, DriftMeasure.Latency, Cell.LatencySeconds);
            var longer = Add(_tokens, tokens, DriftMeasure.Tokens, Cell.Tokens ?? 0);
            return slower is null && longer is null ? [] : [.. new[] { slower, longer }.OfType<CellDrift>()];
        }
    }

    /// <summary>An answer was scored.</summary>
    /// <returns>The drift, where it shows with this answer.</returns>
    public CellDrift? AddScore(double score)
    {
        lock (_lock)
        {
            return Add(_mistakes, 1 - score, DriftMeasure.Accuracy, Cell.Accuracy ?? 0);
        }
    }

    private CellDrift? Add(DriftTest? test, double value, DriftMeasure measure, double planned) => test is null || !test.Add(value)
        ? null
        : new CellDrift(_workflow, Cell.Node, Cell.Setting, measure, planned, measure == DriftMeasure.Accuracy ? 1 - test.Mean : test.Mean, test.Count);

    // Of a normal distribution the 95th percentile lies 1.645 standard deviations above the mean. Where only the mean is known, it stands for the deviation.
    private static double LatencyDeviation(PlanCell cell) =>
        cell.LatencyP95Seconds is { } p95 ? Math.Max(0, p95 - cell.LatencySeconds) / 1.645 : cell.LatencySeconds;
}
