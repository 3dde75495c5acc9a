namespace FlowCompile.Profiling;

/// <summary>
/// Counts the calls of each sub-agent under each setting that were measured alone, so that their times are those of a call. When there are
/// enough, the others may be decoded in batches. Several threads may add at once.
/// </summary>
internal sealed class TimedCalls
{
    /// <summary>How many there have to be.</summary>
    public const int Enough = 30;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Node, Setting Setting), int> _counts = [];
    private readonly HashSet<string> _timed;
    private readonly HashSet<string> _batched;

    /// <summary>Starts with what the store knows of each cell.</summary>
    /// <param name="store">The store.</param>
    public TimedCalls(ProfileStore store)
    {
        _batched = store.Outcomes.BatchedKeys();
        _timed = store.Outcomes.Keys(withFailures: false);
        _timed.ExceptWith(_batched);
    }

    /// <summary>Counts a cell that was just timed.</summary>
    /// <param name="cell">The cell.</param>
    public void Add(ProfileCell cell)
    {
        lock (_lock)
        {
            _counts[(cell.Node, cell.Setting)] = _counts.GetValueOrDefault((cell.Node, cell.Setting)) + 1;
        }
    }

    /// <summary>Counts the cells that were timed by an earlier profile.</summary>
    /// <param name="cells">Cells of this profile, none of which was counted.</param>
    public void AddStored(IEnumerable<PlannedCell> cells)
    {
        foreach (var planned in cells.Where(planned => _timed.Contains(planned.Cell.Key)))
        {
            Add(planned.Cell);
        }
    }

    /// <summary>The cells that an earlier profile has measured in batches and that have to be timed, because too few others were.</summary>
    /// <param name="cells">Cells of this profile.</param>
    public IEnumerable<PlannedCell> Untimed(IEnumerable<PlannedCell> cells) => cells
        .Where(planned => _batched.Contains(planned.Cell.Key))
        .GroupBy(planned => (planned.Cell.Node, planned.Cell.Setting))
        .SelectMany(group => group.Take(Math.Max(0, Enough - CountOf(group.First().Cell))));

    /// <summary>Whether enough calls were timed of a cell's sub-agent under its setting.</summary>
    /// <param name="cell">The cell.</param>
    public bool AreEnough(ProfileCell cell) => CountOf(cell) >= Enough;

    private int CountOf(ProfileCell cell)
    {
        lock (_lock)
        {
            return _counts.GetValueOrDefault((cell.Node, cell.Setting));
        }
    }
}
