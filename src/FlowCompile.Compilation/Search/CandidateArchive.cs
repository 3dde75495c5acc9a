namespace FlowCompile.Compilation;

/// <summary>The candidates found so far that no other dominates; of equal ones the first.</summary>
/// <param name="objectives">The objectives.</param>
/// <param name="withWork">Whether less work counts as an objective too.</param>
internal sealed class CandidateArchive(Objectives objectives, bool withWork = false)
{
    private const double Rounding = 1e-12;

    // The least accurate first, so that what is accurate enough to cover another comes from a place on.
    private readonly List<CandidateEntry> _entries = [];

    /// <summary>The entries.</summary>
    public IReadOnlyList<CandidateEntry> Entries => _entries;

    /// <summary>Adds a candidate, unless another dominates it, and drops those that it dominates.</summary>
    /// <param name="entry">The candidate with its values.</param>
    public void Offer(CandidateEntry entry)
    {
        for (var i = FirstFrom(entry.Values.Accuracy); i < _entries.Count; i++)
        {
            if (Covers(_entries[i], entry))
            {
                return;
            }
        }

        _entries.RemoveAll(other => Covers(entry, other));
        _entries.Insert(FirstFrom(entry.Values.Accuracy), entry);
    }

    /// <summary>Whether a candidate is as good as values in every objective, but for a loss of accuracy.</summary>
    /// <param name="values">The values.</param>
    /// <param name="loss">The accuracy that it may be short of them.</param>
    public bool Covers(in CallValues values, double loss)
    {
        for (var i = FirstFrom(values.Accuracy - loss - Rounding); i < _entries.Count; i++)
        {
            var own = _entries[i].Values;
            if ((!objectives.HasFlag(Objectives.Latency) || own.Latency <= values.Latency + Rounding)
                && (!objectives.HasFlag(Objectives.Cost) || own.Cost <= values.Cost + Rounding)
                && (!objectives.HasFlag(Objectives.Energy) || own.Energy <= values.Energy + Rounding))
            {
                return true;
            }
        }

        return false;
    }

    private bool Covers(CandidateEntry a, CandidateEntry b) =>
        (!objectives.HasFlag(Objectives.Accuracy) || a.Values.Accuracy >= b.Values.Accuracy)
        && (!objectives.HasFlag(Objectives.Latency) || a.Values.Latency <= b.Values.Latency)
        && (!objectives.HasFlag(Objectives.Cost) || a.Values.Cost <= b.Values.Cost)
        && (!objectives.HasFlag(Objectives.Energy) || a.Values.Energy <= b.Values.Energy)
        && (!withWork || a.Work <= b.Work);

    private int FirstFrom(double accuracy)
    {
        var (low, high) = (0, objectives.HasFlag(Objectives.Accuracy) ? _entries.Count : 0);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            (low, high) = _entries[middle].Values.Accuracy < accuracy ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
