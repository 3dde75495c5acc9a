namespace FlowCompile.Compilation;

/// <summary>The candidates found so far that no other dominates; of equal ones the first.</summary>
/// <param name="objectives">The objectives.</param>
/// <param name="withWork">Whether less work counts as an objective too.</param>
internal sealed class CandidateArchive(Objectives objectives, bool withWork = false)
{
    private readonly List<CandidateEntry> _entries = [];

    /// <summary>The entries.</summary>
    public IReadOnlyList<CandidateEntry> Entries => _entries;

    /// <summary>Adds a candidate, unless another dominates it, and drops those that it dominates.</summary>
    /// <param name="entry">The candidate with its values.</param>
    public void Offer(CandidateEntry entry)
    {
        foreach (var other in _entries)
        {
            if (Covers(other, entry))
            {
                return;
            }
        }

        _entries.RemoveAll(other => Covers(entry, other));
        _entries.Add(entry);
    }

    private bool Covers(CandidateEntry a, CandidateEntry b) =>
        (!objectives.HasFlag(Objectives.Accuracy) || a.Values.Accuracy >= b.Values.Accuracy)
        && (!objectives.HasFlag(Objectives.Latency) || a.Values.Latency <= b.Values.Latency)
        && (!objectives.HasFlag(Objectives.Cost) || a.Values.Cost <= b.Values.Cost)
        && (!withWork || a.Work <= b.Work);
}
