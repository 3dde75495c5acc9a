using System.Numerics;
using FlowCompile.Graph;
using FlowCompile.Profiling;
using FlowCompile.Settings;

namespace FlowCompile.Compilation;

/// <summary>
/// Stops measuring settings that the frontier of the whole workflow does without. After each block of cases it compiles what was recorded so
/// far, draws the cases anew again and again, and asks of each setting how much of the frontier's hypervolume is lost without it: less
/// accuracy at the same latency or cost. Settings are dropped, those first that lose least for the tokens they take, as long as the loss of all
/// that are dropped is small in all but a few draws. What is saved on them goes to those that stay: they are measured on every case.
/// </summary>
/// <param name="graph">The workflow's graph.</param>
/// <param name="settings">The project's settings, for the prices.</param>
/// <param name="options">What the frontier will be compiled for; <see langword="null"/> for the defaults.</param>
public sealed class FrontierRace(WorkflowGraph graph, ProjectSettings settings, CompileOptions? options = null) : ISettingRace
{
    // A setting that takes little is measured a while longer: being wrong about it would save nothing.
    private const int CheapLast = 3;
    private readonly CompileOptions _options = (options ?? new CompileOptions()) with { Proxy = ProxyKind.Paired };

    /// <summary>The share of the hypervolume that may be lost at each decision, 0 to 1 (default 0.003).</summary>
    public double Tolerance { get; init; } = 0.003;

    /// <summary>In which share of the draws the loss must be within the tolerance, 0.5 to below 1 (default 0.99).</summary>
    public double Confidence { get; init; } = 0.99;

    /// <summary>The fewest cases before a setting is dropped, 2 or more (default 20); three times as many for one that takes few tokens.</summary>
    public int MinCases { get; init; } = 20;

    /// <summary>The models with what is known of where they run: calls that share slots wait for one another. Default: no limits.</summary>
    public IReadOnlyList<ProfiledModel> Models { get; init; } = [];

    /// <inheritdoc/>
    public IReadOnlyList<DroppedSetting> Drop(IReadOnlyList<ProfiledOutcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        if (!_options.Objectives.HasFlag(Objectives.Accuracy) || BitOperations.PopCount((uint)_options.Objectives) > 2)
        {
            // Volumes are of accuracy against one thing that is spent: what is on a frontier of more for its balance would be lost.
            return [];
        }

        var cases = outcomes.Select(one => one.Cell.CaseId).Distinct(StringComparer.Ordinal).Count();
        if (cases < MinCases || RacePool.Build(graph, outcomes, settings, _options, Models) is not { } pool)
        {
            return [];
        }

        var field = new RaceField(pool, _options.Objectives, Confidence);
        var dropped = new List<DroppedSetting>();
        foreach (var one in field.InOrder().Where(one => cases >= MinCases * CheapLast || !field.IsCheap(one)))
        {
            if (!field.IsLast(one) && field.TryRemove(one, Tolerance) is { } loss)
            {
                dropped.Add(new DroppedSetting(graph.Nodes[one.Node].Name, one.Setting, FormattableString.Invariant(
                    $"after {cases} cases the frontier loses at most {100 * loss:0.00} % of its hypervolume without it and those dropped before")));
            }
        }

        return dropped;
    }
}
