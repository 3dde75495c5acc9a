using FlowCompile.Settings;

namespace FlowCompile.Profiling;

/// <summary>The latest profile in a store: every outcome, and what they come to for each sub-agent and setting.</summary>
public sealed record ProfileSummary
{
    /// <summary>What the profile was made with.</summary>
    public required ProfileManifest Manifest { get; init; }

    /// <summary>One row for each sub-agent and setting that has cells, in the order planned.</summary>
    public required IReadOnlyList<SettingSummary> Rows { get; init; }

    /// <summary>Every measured cell with its outcome, failures included, in the order planned: for each case all sub-agents and settings.</summary>
    public required IReadOnlyList<ProfiledOutcome> Outcomes { get; init; }

    /// <summary>Which way the tools that route went on each case; none where no tool routes, or in a profile made before this was kept.</summary>
    public IReadOnlyList<ProfiledRoute> Routes { get; init; } = [];

    /// <summary>
    /// Runs of the whole workflow, as it is in this profile: those that verified plans, and the reference runs (since when their latencies are kept). None in
    /// a profile made before either was.
    /// </summary>
    public IReadOnlyList<EndToEndRun> Runs { get; init; } = [];

    /// <summary>How many cells the profile consists of.</summary>
    public required int Planned { get; init; }

    /// <summary>The hash of all outcomes with their times (<see cref="HashOutcomes"/>), and of the routes: what a compiled plan says it came from.</summary>
    public required string ProfileHash { get; init; }

    /// <summary>
    /// For each sub-agent with a score method, how far the judge of the others agrees with it; none where nothing is judged, or no output
    /// has been judged that has a label.
    /// </summary>
    public IReadOnlyList<JudgeAgreement> JudgeAgreement { get; init; } = [];

    /// <summary>How many reference runs failed just now; 0 for a profile that was only read.</summary>
    public int FailedReferenceRuns { get; init; }

    /// <summary>The limit that stopped the profile just now; <see langword="null"/> where none did, or for a profile that was only read.</summary>
    public ProfileLimit? StoppedBy { get; init; }

    /// <summary>What this run was billed for; <see langword="null"/> for a profile that was only read.</summary>
    public ProfileSpending? Spent { get; init; }

    /// <summary>How many calls failed.</summary>
    public int Failures => Rows.Sum(row => row.Failures);

    /// <summary>How many outcomes come from batches, so that their latencies are put together (<see cref="Outcome.IsBatched"/>).</summary>
    public int UntimedCalls => Outcomes.Count(one => one.Outcome is { IsBatched: true, Failed: false });

    /// <summary>Whether every cell is measured.</summary>
    public bool IsComplete => Outcomes.Count == Planned;

    /// <summary>Reads the latest profile of a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="settings">The project's settings, for the prices.</param>
    /// <exception cref="ProfileException">The store has no profile yet.</exception>
    public static ProfileSummary Read(ProfileStore store, ProjectSettings settings)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(settings);
        var manifest = store.Cells.ReadManifest()
            ?? throw new ProfileException($"{store.Path}: there is no profile yet; run 'flowcompile profile' first.");
        var dropped = manifest.Dropped.Select(one => (one.Node, one.Setting)).ToHashSet();
        var summary = Of(manifest, store.Cells.Read().FindAll(pair => !dropped.Contains((pair.Cell.Node, pair.Cell.Setting))), settings);
        var routes = store.Routes.Read();
        return summary with
        {
            JudgeAgreement = AgreementWith(manifest.Judge, store),
            Routes = routes,
            Runs = store.Runs.Read(manifest, store.Cells.Cases()),
            ProfileHash = routes.Count == 0 ? summary.ProfileHash : "sha256:" + ContentHash.Of(["profile-1", summary.ProfileHash, .. routes.Select(Line)]),
        };
    }

    /// <summary>Summarizes outcomes: what a race looks at while the others are still to come.</summary>
    /// <param name="manifest">What the profile is made with.</param>
    /// <param name="outcomes">The outcomes, in the order planned.</param>
    /// <param name="settings">The project's settings, for the prices.</param>
    public static ProfileSummary Of(ProfileManifest manifest, IEnumerable<ProfiledOutcome> outcomes, ProjectSettings settings)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(settings);
        return Of(manifest, [.. outcomes.Select(one => (one.Cell, (Outcome?)one.Outcome))], settings);
    }

    private static ProfileSummary Of(ProfileManifest manifest, List<(ProfileCell Cell, Outcome? Outcome)> cells, ProjectSettings settings)
    {
        cells = BatchedTimes.Fill(cells);
        List<ProfiledOutcome> outcomes = [.. cells.Where(pair => pair.Outcome is not null).Select(pair => new ProfiledOutcome(pair.Cell, pair.Outcome!))];
        var maxFailures = settings.Workflows.FirstOrDefault(workflow => workflow.Name == manifest.Workflow)?.MaxFailures ?? WorkflowSettings.DefaultMaxFailures;
        return new ProfileSummary
        {
            Manifest = manifest,
            Rows = [.. cells
                .GroupBy(pair => (pair.Cell.Node, pair.Cell.Setting))
                .Select(group => Summarize(
                    group.Key.Node, group.Key.Setting, [.. group], settings.FindModel(group.Key.Setting.Model)?.Price, maxFailures))],
            Outcomes = outcomes,
            Planned = cells.Count,
            ProfileHash = HashOutcomes(outcomes),
        };
    }

    /// <summary>Hashes outcomes, in whatever order they were measured.</summary>
    /// <param name="outcomes">The outcomes.</param>
    /// <param name="withTimes">
    /// Whether times count (default: yes). Without them two profiles of greedy sub-agents on the same models and cases have one hash.
    /// </param>
    /// <returns><c>sha256:</c> and 64 hexadecimal digits.</returns>
    public static string HashOutcomes(IEnumerable<ProfiledOutcome> outcomes, bool withTimes = true)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        return "sha256:" + new OutcomeHash(withTimes).Of(outcomes);
    }

    private static string Line(ProfiledRoute route) => FormattableString.Invariant(
        $"{route.CaseId} {route.Node} {route.Variant} {route.InputsRight} {route.RightCandidates}/{route.Candidates} {route.Output}");

    /// <summary>How far a judge agrees with the score methods on the outputs of the latest profile.</summary>
    /// <param name="judge">The judge; <see langword="null"/> for none.</param>
    /// <param name="store">The store.</param>
    internal static IReadOnlyList<JudgeAgreement> AgreementWith(ProfiledJudge? judge, ProfileStore store) => judge is null ? [] :
    [
        .. store.Verdicts.Labelled().Where(row => judge.Hashes.GetValueOrDefault(row.Node) == row.Judge).GroupBy(row => row.Node).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new JudgeAgreement(group.Key, Count(group, true, true), Count(group, false, false), Count(group, true, false), Count(group, false, true))),
    ];

    private static int Count(IEnumerable<(string Node, string Judge, double Label, double Verdict)> rows, bool verdict, bool label) =>
        rows.Count(row => row.Verdict >= Scorer.Right == verdict && row.Label >= Scorer.Right == label);

    private static SettingSummary Summarize(string node, Setting setting, List<(ProfileCell Cell, Outcome? Outcome)> cells, ModelPrice? price, double maxFailures)
    {
        var failed = cells.Where(pair => pair.Outcome is { Failed: true }).ToList();
        List<ProfiledOutcome> measured = [.. cells.Where(pair => pair.Outcome is { Failed: false }).Select(pair => new ProfiledOutcome(pair.Cell, pair.Outcome!))];

        // Composed lists take every number of right candidates as often as any other, which no workflow does.
        List<ProfiledOutcome> natural = [.. measured.Where(one => one.Cell is not { Candidates: > 0, Variant: InputVariant.Composed })];
        natural = natural.Count > 0 ? natural : measured;
        return new SettingSummary
        {
            Node = node,
            Setting = setting,
            Planned = cells.Count,
            Measured = failed.Count + measured.Count,
            Failures = failed.Count,
            FirstError = failed.Count == 0 ? null : failed[0].Outcome!.Error,
            IsLeftOut = failed.Count > maxFailures * (failed.Count + measured.Count),
            Accuracy = Score(natural),
            AccuracyGivenRight = Score(natural.Where(one => one.Cell.InputsRight)),
            AccuracyGivenWrong = Score(natural.Where(one => !one.Cell.InputsRight)),
            AccuracyByCandidates =
            [
                .. measured.Where(one => one.Cell.Candidates > 0)
                    .GroupBy(one => (one.Cell.Candidates, one.Cell.RightCandidates)).OrderBy(group => group.Key)
                    .Select(group => new CandidateAccuracy(group.Key.Candidates, group.Key.RightCandidates, Score(group))),
            ],
            Latency = LatencySummary.Of(natural.Select(one => one.Outcome.Latency)),
            InputTokens = Average(outcome => outcome.InputTokens),
            ThinkingTokens = Average(outcome => outcome.ThinkingTokens),
            OutputTokens = Average(outcome => outcome.OutputTokens),
            EnergyJoules = natural.Count > 0 && natural.TrueForAll(one => one.Outcome.EnergyJoules is not null) ? Average(outcome => outcome.EnergyJoules!.Value) : null,
            Price = price,
            Cost = Average(outcome => price?.CostOf(outcome.InputTokens, outcome.ThinkingTokens + outcome.OutputTokens, outcome.CachedInputTokens) ?? 0),
        };

        double Average(Func<Outcome, double> value) => Mean.Of(natural.Select(one => value(one.Outcome))).Value ?? 0;
    }

    private static Mean Score(IEnumerable<ProfiledOutcome> outcomes) => Mean.Of(outcomes.Select(one => one.Outcome.Score!.Value));
}
