using FlowCompile.Graph;
using FlowCompile.Profiling;
using FlowCompile.Settings;

namespace FlowCompile.Compilation;

/// <summary>The configurations that a race looks at: for every setting the frontier of those with it, as far as a search has found it.</summary>
/// <param name="Settings">The settings that are measured, by sub-agent.</param>
/// <param name="Configurations">The configurations.</param>
/// <param name="Cases">The number of cases recorded; those supposed come after them.</param>
internal sealed record RacePool(IReadOnlyList<RaceSetting> Settings, IReadOnlyList<RaceConfiguration> Configurations, int Cases)
{
    /// <summary>How many cases are supposed: on each of them every setting is right or wrong by the toss of a coin.</summary>
    public const int SupposedCases = 64;

    private const int MaxLooks = 20_000;

    private static readonly ICompilePass[] s_passes =
        [new FilterPass(), new PruneSettingsPass(), new DecomposePass(), new ComposePass(), new MergeStructuresPass(), new WidenPass()];

    /// <summary>Compiles what was recorded so far.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="outcomes">The outcomes.</param>
    /// <param name="settings">The project's settings, for the prices.</param>
    /// <param name="options">What to compile for.</param>
    /// <param name="models">The models, for the slots that their calls share.</param>
    /// <returns>The pool, or <see langword="null"/> where there is nothing to compile yet.</returns>
    public static RacePool? Build(WorkflowGraph graph, IReadOnlyList<ProfiledOutcome> outcomes, ProjectSettings settings, CompileOptions options, IReadOnlyList<ProfiledModel> models)
    {
        var profile = ProfileOf(graph, outcomes, settings, models);
        if (profile.Recorded is not { } recorded)
        {
            return null;
        }

        var supposed = new PairedProxy(recorded.Suppose(SupposedCases), options.Schedule, options.Branches ?? profile.Branches);
        var state = new CompileState(profile, options, CancellationToken.None);
        var archives = new Dictionary<(int, Setting), CandidateArchive>();
        try
        {
            foreach (var pass in s_passes)
            {
                pass.Run(state);
            }
        }
        catch (CompileException)
        {
            // Every call of some sub-agent has failed so far.
            return null;
        }

        var search = state.Search!;
        search.Looked = Keep;
        foreach (var candidate in state.Candidates)
        {
            search.Offer(candidate);
        }

        search.Run(search.Looks + MaxLooks, CancellationToken.None);
        RaceSetting[] all =
        [
            .. outcomes.Where(one => !one.Outcome.Failed).GroupBy(one => (graph.IndexOf(one.Cell.Node), one.Cell.Setting))
                .Select((group, place) => new RaceSetting(
                    place, group.Key.Item1, group.Key.Setting,
                    group.Sum(one => (double)one.Outcome.ThinkingTokens + one.Outcome.OutputTokens), group.Sum(one => (double)one.Outcome.ReusedTokens))),
        ];
        var places = all.ToDictionary(one => (one.Node, one.Setting), one => one.Place);
        return new RacePool(
            all,
            [
                .. archives.Values.SelectMany(archive => archive.Entries).Distinct(ReferenceEqualityComparer.Instance).Cast<CandidateEntry>()
                    .OrderBy(entry => entry.Candidate.Key(), StringComparer.Ordinal).Select(entry => entry.Candidate).Select(Describe),
            ],
            recorded.Cases);

        void Keep(CandidateEntry entry)
        {
            foreach (var (node, settings) in entry.Candidate.Settings.Index())
            {
                foreach (var one in settings?.Distinct ?? [])
                {
                    if (!archives.TryGetValue((node, one), out var archive))
                    {
                        archives.Add((node, one), archive = new CandidateArchive(options.Objectives));
                    }

                    archive.Offer(entry);
                }
            }
        }

        RaceConfiguration Describe(Candidate candidate)
        {
            var (accuracy, latency, means) = supposed.ByCase(candidate.Structure, candidate.Settings);
            return new RaceConfiguration(
                [.. candidate.Settings.Index().SelectMany(entry => (entry.Item?.Distinct ?? []).Select(setting => places[(entry.Index, setting)]))], accuracy, latency, means);
        }
    }

    /// <summary>The profile that outcomes make so far.</summary>
    public static ProfileTable ProfileOf(WorkflowGraph graph, IReadOnlyList<ProfiledOutcome> outcomes, ProjectSettings settings, IReadOnlyList<ProfiledModel> models)
    {
        var manifest = new ProfileManifest
        {
            Workflow = graph.Name,
            GraphHash = graph.Hash,
            Cases = 0,
            CasesHash = "",
            Seed = 0,
            Reference = "",
            WeakReference = "",
            Models = models,
            Concurrency = 1,
            Machine = "",
        };
        return ProfileTable.From(graph, ProfileSummary.Of(manifest, outcomes, settings));
    }
}
