namespace FlowCompile.Compilation;

/// <summary>
/// Looks around the frontier on the recorded outcomes: a configuration that differs in one setting, or in its structure, from one that
/// stays may stay too, or take its place. Ends when the frontier has no neighbour left to look at.
/// </summary>
internal sealed class ImprovePass : ICompilePass
{
    private const int MaxLooks = 100_000;

    public string Name => "improve";

    public void Run(CompileState state)
    {
        if (state.Paired is not { } proxy)
        {
            return;
        }

        var neighbourhood = new Neighbourhood(state.Allowed, [.. state.Decomposed.Select(one => one.Structure)]);
        var archive = state.Archive;
        var start = archive.Seen;
        var expanded = new HashSet<Candidate>(ReferenceEqualityComparer.Instance);
        var rounds = 0;
        while (archive.Entries.Where(entry => !expanded.Contains(entry.Candidate)).OrderBy(entry => entry.Values.Latency).ToList() is { Count: > 0 } open
            && archive.Seen - start < MaxLooks)
        {
            rounds++;
            var others = archive.Entries.Select(entry => entry.Candidate).ToList();
            foreach (var (candidate, _) in open)
            {
                expanded.Add(candidate);
                foreach (var neighbour in neighbourhood.Of(candidate, others))
                {
                    state.CancellationToken.ThrowIfCancellationRequested();
                    archive.Offer(neighbour, one => proxy.Evaluate(one.Structure, one.Settings));
                }
            }
        }

        state.Candidates = [.. archive.Entries.Select(entry => entry.Candidate)];
        state.Record(this, "", FormattableString.Invariant(
            $"{archive.Entries.Count} configurations after {rounds} rounds and {archive.Seen - start} looks")
            + (archive.Seen - start < MaxLooks ? "" : ", where the search was ended"));
    }
}
