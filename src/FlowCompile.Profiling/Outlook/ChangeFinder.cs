using System.Globalization;

namespace FlowCompile.Profiling;

/// <summary>Compares the latest profile with the workflow, settings and cases of today.</summary>
internal sealed class ChangeFinder(ProfileContext context)
{
    private readonly List<ProfileChange> _changes = [];

    /// <summary>Lists what has changed.</summary>
    /// <param name="today">What a profile would be made with today.</param>
    /// <param name="cases">Today's cases.</param>
    public IReadOnlyList<ProfileChange> Find(ProfileManifest today, IReadOnlyList<WorkflowCase> cases)
    {
        if (context.Store.Cells.ReadManifest() is not { } before)
        {
            return [new ProfileChange(ChangeKind.NotProfiled, "", "The workflow has not been profiled.")];
        }

        if (before.GraphHash != today.GraphHash)
        {
            Add(ChangeKind.Graph, "", "The graph has changed; the reference runs are made again.");
        }

        foreach (var (node, hash) in today.NodeHashes.Where(pair => before.NodeHashes.TryGetValue(pair.Key, out var old) && old != pair.Value))
        {
            Add(ChangeKind.Code, node, context.Codes.Unmatched.Contains(node)
                ? $"The code or temperature of '{node}' has changed, or it was compiled otherwise (debug or release), which a profile of an earlier version cannot tell apart; it is measured again, once."
                : $"The code or temperature of '{node}' has changed; it is measured again, and what it hands on may change too.");
        }

        if (before.ScoreHash != today.ScoreHash)
        {
            Add(ChangeKind.Score, "", "The score methods have changed; the reference runs are made again, and stored outputs are scored anew without a call.");
        }

        CompareJudges(before.Judge, today.Judge);
        CompareModels(before, today);
        CompareSettings(before);
        CompareCases(before, today, cases);
        if (before.Seed != today.Seed)
        {
            Add(ChangeKind.Seed, "", FormattableString.Invariant($"The seed has changed from {before.Seed} to {today.Seed}; sampled sub-agents are measured again."));
        }

        foreach (var (name, old, now) in new[] { ("reference", before.Reference, today.Reference), ("weak reference", before.WeakReference, today.WeakReference) })
        {
            if (old != now)
            {
                Add(ChangeKind.Reference, name, $"The {name} has changed from {old} to {now}; its runs are made again.");
            }
        }

        CompareTiming(before, today);
        return _changes;
    }

    private void CompareTiming(ProfileManifest before, ProfileManifest today)
    {
        const string kept = "; latencies that are there are kept as they were measured";
        if (before.Concurrency != today.Concurrency)
        {
            Add(ChangeKind.Timing, "", FormattableString.Invariant($"{today.Concurrency} calls are measured at once, and were {before.Concurrency}{kept}."));
        }

        if (before.Machine != today.Machine)
        {
            Add(ChangeKind.Timing, "", $"The machine is another one than before ({before.Machine}, now {today.Machine}){kept}.");
        }

        var capacities = before.Models.Where(model => model.Identity.Length > 0).ToDictionary(model => model.Name, model => model.Capacity);
        foreach (var model in today.Models.Where(model => capacities.TryGetValue(model.Name, out var old) && old != model.Capacity))
        {
            Add(ChangeKind.Timing, model.Name, $"The model '{model.Name}' runs {Text(model.Capacity)}, and did {Text(capacities[model.Name])}{kept}; estimates reckon with today's.");
        }

        static string Text(ModelCapacity? capacity) =>
            capacity is { } known ? FormattableString.Invariant($"{known.Calls} calls at once on {known.Place}") : "any number of calls at once";
    }

    private void CompareJudges(ProfiledJudge? before, ProfiledJudge? today)
    {
        var hashes = before?.Hashes ?? new Dictionary<string, string>();
        var judged = (today?.Nodes ?? []).Where(node => !before?.Nodes.Contains(node) == true || hashes.GetValueOrDefault(node) != today!.Hashes[node]).ToList();
        if (before is not null && judged.Count > 0)
        {
            Add(ChangeKind.Judge, "", $"The judge has changed; the reference runs are made again, and outputs of {string.Join(", ", judged)} are judged anew without another call of theirs.");
        }
    }

    private void CompareModels(ProfileManifest before, ProfileManifest today)
    {
        var identities = before.Models.ToDictionary(model => model.Name, model => model.Identity);
        foreach (var model in today.Models.Where(model => identities.TryGetValue(model.Name, out var old) && old != model.Identity))
        {
            Add(ChangeKind.Model, model.Name, $"The model '{model.Name}' is another one than before ({identities[model.Name]}, now {model.Identity}); its settings are measured again.");
        }
    }

    private void CompareSettings(ProfileManifest profile)
    {
        var before = context.Store.Cells.Settings().Concat(profile.Dropped.Select(one => (one.Node, one.Setting))).ToLookup(row => row.Node, row => row.Setting);
        foreach (var node in context.SubAgents)
        {
            var name = context.Descriptor.Graph.Nodes[node].Name;
            var today = context.Space.Of(node);
            Compare(today.Except(before[name]), "new");
            Compare(before[name].Except(today), "left out");

            void Compare(IEnumerable<Setting> settings, string what)
            {
                if (before.Contains(name) && settings.ToList() is { Count: > 0 } list)
                {
                    Add(ChangeKind.Settings, name, $"'{name}' has settings that are {what}: {string.Join(", ", list)}.");
                }
            }
        }
    }

    private void CompareCases(ProfileManifest profile, ProfileManifest today, IReadOnlyList<WorkflowCase> cases)
    {
        // A race that needed no more cases has no cells of the others: only the hash knows of them.
        if (profile.Settled is not null && profile.CasesHash == today.CasesHash)
        {
            return;
        }

        var before = context.Store.Cells.Cases().ToDictionary(row => row.Id, row => row.Hash);
        foreach (var one in cases.Where(one => before.TryGetValue(one.Id, out var old) && old != one.Hash))
        {
            Add(ChangeKind.Cases, one.Id, $"The case '{one.Id}' has changed; everything is measured again on it.");
        }

        var added = cases.Count(one => !before.ContainsKey(one.Id));
        var gone = before.Keys.Except(cases.Select(one => one.Id)).Count();
        if (profile.Settled is not null)
        {
            Add(ChangeKind.Cases, "", gone == 0
                ? "The cases are others than before, though all that were measured are among them."
                : string.Create(CultureInfo.InvariantCulture, $"The cases are others than before: {gone} of those that were measured are left out."));
        }
        else if (added + gone > 0)
        {
            Add(ChangeKind.Cases, "", string.Create(CultureInfo.InvariantCulture, $"The cases are others than before: {added} new, {gone} left out."));
        }
    }

    private void Add(ChangeKind kind, string subject, string text) => _changes.Add(new ProfileChange(kind, subject, text));
}
