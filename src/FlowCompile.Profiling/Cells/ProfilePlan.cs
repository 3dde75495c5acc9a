namespace FlowCompile.Profiling;

/// <summary>
/// The cells of a profile, case by case, as far as they are known. Cases come outermost, so that a profile that was stopped has all
/// settings of the first cases rather than all cases of the first settings: it compares them already.
/// </summary>
internal sealed class ProfilePlan
{
    private const long CellsOfACase = 1_000_000;
    private readonly Dictionary<WorkflowCase, (int Index, List<PlannedCell> Cells)> _byCase;
    private readonly HashSet<(string Key, Setting Setting, string CaseId)> _seen = [];

    public ProfilePlan(IReadOnlyList<WorkflowCase> cases)
    {
        Cases = cases;
        _byCase = cases.Index().ToDictionary(entry => entry.Item, entry => (entry.Index, new List<PlannedCell>()));
    }

    /// <summary>The cases.</summary>
    public IReadOnlyList<WorkflowCase> Cases { get; }

    /// <summary>All cells, in order.</summary>
    public IEnumerable<PlannedCell> All => Cases.SelectMany(Of);

    /// <summary>The cells of a case.</summary>
    /// <param name="one">The case.</param>
    public IReadOnlyList<PlannedCell> Of(WorkflowCase one) => _byCase[one].Cells;

    /// <summary>The settings that are no longer measured.</summary>
    public HashSet<(string Node, Setting Setting)> Dropped { get; } = [];

    /// <summary>Takes the cells of dropped settings out.</summary>
    /// <returns>Those that were taken out.</returns>
    public IReadOnlyList<PlannedCell> RemoveDropped()
    {
        var removed = All.Where(IsDropped).ToList();
        foreach (var (_, cells) in _byCase.Values)
        {
            cells.RemoveAll(IsDropped);
        }

        return removed;
    }

    /// <summary>Takes the cells of all but the first cases out.</summary>
    /// <param name="cases">How many cases stay.</param>
    /// <returns>Those that were taken out.</returns>
    public IReadOnlyList<PlannedCell> RemoveAfter(int cases)
    {
        var removed = Cases.Skip(cases).SelectMany(Of).ToList();
        foreach (var one in Cases.Skip(cases))
        {
            _byCase[one].Cells.Clear();
        }

        return removed;
    }

    /// <summary>
    /// Adds cells, but those of dropped settings, and those that are there already: inputs that two runs
    /// agree on are one cell, not two.
    /// </summary>
    /// <param name="cells">The cells.</param>
    /// <returns>Those that were added, with their positions.</returns>
    public IReadOnlyList<PlannedCell> Add(IEnumerable<PlannedCell> cells)
    {
        var added = new List<PlannedCell>();
        foreach (var planned in cells)
        {
            if (!IsDropped(planned) && _seen.Add((planned.Cell.Key, planned.Cell.Setting, planned.Cell.CaseId)))
            {
                var (index, list) = _byCase[planned.Case];
                list.Add(planned with { Position = list.Count == 0 ? index * CellsOfACase : list[^1].Position + 1 });
                added.Add(list[^1]);
            }
        }

        return added;
    }

    private bool IsDropped(PlannedCell planned) => Dropped.Contains((planned.Cell.Node, planned.Cell.Setting));
}
