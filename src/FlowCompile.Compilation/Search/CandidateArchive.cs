namespace FlowCompile.Compilation;

/// <summary>The candidates found so far that no other dominates in the objectives; of equal ones the first.</summary>
internal sealed class CandidateArchive(Objectives objectives)
{
    private readonly List<(Candidate Candidate, CallValues Values)> _entries = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>The entries.</summary>
    public IReadOnlyList<(Candidate Candidate, CallValues Values)> Entries => _entries;

    /// <summary>How many candidates were looked at.</summary>
    public int Seen => _seen.Count;

    /// <summary>Looks at a candidate, unless it was looked at before.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="evaluate">Evaluates it.</param>
    /// <returns>Whether no other dominates it.</returns>
    public bool Offer(Candidate candidate, Func<Candidate, CallValues> evaluate)
    {
        if (!_seen.Add(candidate.Key()))
        {
            return false;
        }

        var values = evaluate(candidate);
        foreach (var (_, other) in _entries)
        {
            if (Covers(other, values))
            {
                return false;
            }
        }

        _entries.RemoveAll(entry => Covers(values, entry.Values));
        _entries.Add((candidate, values));
        return true;
    }

    private bool Covers(in CallValues a, in CallValues b) =>
        (!objectives.HasFlag(Objectives.Accuracy) || a.Accuracy >= b.Accuracy)
        && (!objectives.HasFlag(Objectives.Latency) || a.Latency <= b.Latency)
        && (!objectives.HasFlag(Objectives.Cost) || a.Cost <= b.Cost);
}
