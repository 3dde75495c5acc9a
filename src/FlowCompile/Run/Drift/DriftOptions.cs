namespace FlowCompile;

/// <summary>What counts as drift, and how sure to be of it.</summary>
public sealed record DriftOptions
{
    private readonly double _callsPerFalseAlarm = 1e6;
    private readonly double _latencyTolerance = 0.5;
    private readonly double _tokenTolerance = 0.25;
    private readonly double _accuracyTolerance = 0.1;

    internal static DriftOptions Default { get; } = new();

    /// <summary>
    /// How rare a false alarm is, more than 1 (default 1,000,000): of a measure of a cell that holds, one comes after so many calls on average, or
    /// later. Within n calls the probability of one is at most n over it.
    /// </summary>
    public double CallsPerFalseAlarm
    {
        get => _callsPerFalseAlarm;
        init => _callsPerFalseAlarm = value > 1 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There is more than one call to a false alarm, and not without end.");
    }

    /// <summary>The share of the planned mean latency that a cell may be slower by and still hold, 0 or more (default 0.5).</summary>
    public double LatencyTolerance
    {
        get => _latencyTolerance;
        init => _latencyTolerance = Checked(value);
    }

    /// <summary>The share of the planned mean of generated tokens that a cell may need more and still hold, 0 or more (default 0.25).</summary>
    public double TokenTolerance
    {
        get => _tokenTolerance;
        init => _tokenTolerance = Checked(value);
    }

    /// <summary>What a cell's mean score may lie below the planned one and still hold, 0 to 1 (default 0.1).</summary>
    public double AccuracyTolerance
    {
        get => _accuracyTolerance;
        init => _accuracyTolerance = value <= 1
            ? Checked(value)
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Scores are from 0 to 1, and so is their tolerance: ten in a hundred is 0.1.");
    }

    /// <summary>
    /// Called once for each measure of a cell that drifts, on whatever thread its call ended (default: nobody). What it throws when a run's call
    /// showed the drift is logged as an error, and the run goes on; otherwise whoever told the monitor gets it.
    /// </summary>
    public Action<CellDrift>? OnDrift { get; init; }

    private static double Checked(double value) =>
        value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A tolerance is 0 or more.");
}
