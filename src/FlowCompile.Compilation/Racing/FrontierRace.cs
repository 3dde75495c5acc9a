using System.Numerics;
using FlowCompile.Graph;
using FlowCompile.Profiling;
using FlowCompile.Settings;

namespace FlowCompile.Compilation;

/// <summary>
/// Stops measuring settings that the frontier of the whole workflow does without. After each block of cases it compiles what was recorded so
/// far, draws the cases anew again and again, and asks of each setting how much of the frontier's hypervolume is lost without it: less
/// accuracy at the same latency or cost. Settings are dropped, those first that lose least for the tokens they take, as long as the loss of all
/// that are dropped is small in all but a few draws. The race ends when the frontier of the cases recorded so far is, in most draws, nearly as
/// good as the best that could be chosen for the draw: more cases would move it little.
/// </summary>
/// <remarks>
/// The draws are a Bayesian bootstrap, with a few supposed cases for what has not been seen. They are no bound that holds whatever the outcomes are: how
/// often a race loses more than it should is tested.
/// </remarks>
/// <param name="graph">The workflow's graph.</param>
/// <param name="settings">The project's settings, for the prices.</param>
/// <param name="options">What the frontier will be compiled for; <see langword="null"/> for the defaults.</param>
public sealed class FrontierRace(WorkflowGraph graph, ProjectSettings settings, CompileOptions? options = null) : ISettingRace
{
    // A setting that takes little is measured a while longer: being wrong about it would save nothing. Nor is the race over before.
    private const int Later = 3;

    // Few cases show less of what is still to come, so at first fewer draws may lose more.
    private const double LastRisk = 0.05;
    private const double SettlingShare = 0.9;
    private readonly double _tolerance = 0.004;
    private readonly double _confidence = 0.99;
    private readonly double _precision = 0.01;
    private readonly int _minCases = 20;
    private readonly CompileOptions _options = (options ?? new CompileOptions()) with { Proxy = ProxyKind.Paired };

    /// <summary>The share of the hypervolume that may be lost at each decision, 0 to 1 (default 0.004).</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    public double Tolerance
    {
        get => _tolerance;
        init => _tolerance = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A share of the hypervolume is from 0 to 1.");
    }

    /// <summary>
    /// In which share of the draws the loss must be within the tolerance when the first settings are dropped, 0.5 to below 1 (default 0.99). With
    /// more cases it is less, down to 0.95.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0.5 to below 1.</exception>
    public double Confidence
    {
        get => _confidence;
        init => _confidence = value is >= 0.5 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A share of the draws is from 0.5 to below 1.");
    }

    /// <summary>
    /// The race ends when in 90 of 100 draws the frontier so far falls short of the draw's own by no more than this share of the hypervolume, 0 to 1 (default 0.01).
    /// What it falls short by counts √2 times, as draws show that much less of what choosing loses. 0 measures what is not dropped on every case.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    public double Precision
    {
        get => _precision;
        init => _precision = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A share of the hypervolume is from 0 to 1.");
    }

    /// <summary>The fewest cases before a setting is dropped, 2 or more (default 20); three times as many for one that takes fewer tokens than the average, and before the race ends.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 2.</exception>
    public int MinCases
    {
        get => _minCases;
        init => _minCases = value >= 2 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A setting is dropped after 2 cases or more.");
    }

    /// <summary>The models with what is known of where they run: calls that share slots wait for one another. Default: no limits.</summary>
    public IReadOnlyList<ProfiledModel> Models { get; init; } = [];

    /// <inheritdoc/>
    public IReadOnlyList<DroppedSetting> Drop(IReadOnlyList<ProfiledOutcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var cases = CasesOf(outcomes);
        if (cases < MinCases || PoolOf(outcomes) is not { } pool)
        {
            return [];
        }

        var risk = Math.Max(1 - Confidence, Math.Min(LastRisk, (1 - Confidence) * Math.Pow((double)cases / MinCases, 2)));
        var field = new RaceField(pool, _options.Objectives, 1 - risk, supposed: 2, weight: 2);
        var (removed, loss) = field.Remove(Tolerance, cases < MinCases * Later ? field.AverageTokens : 0);
        var reason = FormattableString.Invariant($"after {cases} cases the frontier loses at most {100 * loss:0.00} % of its hypervolume without all that were dropped then");
        return [.. removed.Select(one => new DroppedSetting(graph.Nodes[one.Node].Name, one.Setting, reason))];
    }

    /// <inheritdoc/>
    public string? Settle(IReadOnlyList<ProfiledOutcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var cases = CasesOf(outcomes);
        if (Precision <= 0 || cases < MinCases * Later || PoolOf(outcomes) is not { } pool)
        {
            return null;
        }

        var loss = new RaceField(pool, _options.Objectives, SettlingShare, supposed: 1, weight: 1).LossOfFrontier() * ChoiceBootstrap.Spread;
        return loss <= Precision
            ? FormattableString.Invariant($"in {100 * SettlingShare:0} of 100 draws of the {cases} cases the frontier falls short by at most {100 * loss:0.00} % of its hypervolume")
            : null;
    }

    private static int CasesOf(IReadOnlyList<ProfiledOutcome> outcomes) => outcomes.Select(one => one.Cell.CaseId).Distinct(StringComparer.Ordinal).Count();

    // Volumes are of accuracy against one thing that is spent: what is on a frontier of more for its balance would be lost.
    private RacePool? PoolOf(IReadOnlyList<ProfiledOutcome> outcomes) =>
        _options.Objectives.HasFlag(Objectives.Accuracy) && BitOperations.PopCount((uint)_options.Objectives) <= 2
            ? RacePool.Build(graph, outcomes, settings, _options, Models)
            : null;
}
