using System.Globalization;
using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Profiling;

namespace FlowCompile.Compilation;

/// <summary>The profile of a workflow's sub-agents: for each of them a row for every setting it may run under. Immutable and valid.</summary>
public sealed class ProfileTable
{
    private readonly SettingProfile[][] _rows;
    private BranchProbabilities? _branches;

    /// <summary>Creates a table.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="rows">The rows of each sub-agent, by its name. A sub-agent without rows cannot be part of a configuration.</param>
    /// <exception cref="CompileException">
    /// A name is not a sub-agent of the graph, a setting occurs twice, or a number is out of range; the message says which.
    /// </exception>
    public ProfileTable(WorkflowGraph graph, IReadOnlyDictionary<string, IReadOnlyList<SettingProfile>> rows)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(rows);
        Graph = graph;
        foreach (var name in rows.Keys)
        {
            if (graph.IndexOf(name) is var index && (index < 0 || graph.Nodes[index].Kind != NodeKind.SubAgent))
            {
                throw new CompileException(
                    $"The profile of workflow '{graph.Name}' has rows for '{name}', which is none of its sub-agents; profile the workflow again.");
            }
        }

        _rows = [.. graph.Nodes.Select(node => rows.TryGetValue(node.Name, out var own) ? Check(node.Name, own) : [])];
    }

    /// <summary>The graph.</summary>
    public WorkflowGraph Graph { get; }

    /// <summary>What was recorded case by case, for the paired proxy; <see langword="null"/> where only the rows are known.</summary>
    public RecordedOutcomes? Recorded
    {
        get => LazyRecorded.Value;
        init => LazyRecorded = new(value);
    }

    /// <summary>
    /// What the sub-agents may run under and was not measured to the end: a race dropped it, its calls failed, or it was added later. What is compiled
    /// does without; what is said to be the best of all must not. Empty for a table that was not measured.
    /// </summary>
    public IReadOnlyList<IncompleteSetting> Incomplete { get; init; } = [];

    /// <summary>What was measured and the code allows no longer, by sub-agent; it is no part of the table.</summary>
    public IReadOnlyList<(string Node, Setting Setting)> Disallowed { get; init; } = [];

    /// <summary>Runs of the whole workflow that the profile has; empty for a table that was not measured.</summary>
    public IReadOnlyList<EndToEndRun> Runs { get; init; } = [];

    /// <summary>The configurations of the reference runs; empty where they are not known.</summary>
    internal IReadOnlyList<WorkflowConfiguration> References { get; init; } = [];

    // The independent proxy does without.
    private Lazy<RecordedOutcomes?> LazyRecorded { get; init; } = new((RecordedOutcomes?)null);

    /// <summary>How often each branch was taken when it was measured; equally often where nothing was recorded.</summary>
    internal BranchProbabilities Branches => _branches ??= Graph.Nodes.Any(node => node.Condition is not null) && Recorded is { } recorded
        ? MeasuredBranches.Of(recorded)
        : BranchProbabilities.Equal;

    /// <summary>The rows of a sub-agent; none for a tool or a sub-agent that was not measured.</summary>
    /// <param name="node">The node's index.</param>
    public IReadOnlyList<SettingProfile> Of(int node) => _rows[node];

    /// <summary>
    /// Takes what the independent proxy needs from a measured profile: the accuracy where the inputs were right, of a repairer the
    /// accuracy where the value was wrong, and the accuracy over all inputs where there were none of those. For the paired proxy every
    /// outcome is kept.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="summary">The measured profile.</param>
    /// <param name="space">
    /// What the sub-agents may run under today: what was measured under other settings is left out (<see cref="Disallowed"/>).
    /// <see langword="null"/> (the default) takes all that was measured.
    /// </param>
    /// <exception cref="CompileException">The profile is of another graph, or a number in it is out of range.</exception>
    public static ProfileTable From(WorkflowGraph graph, ProfileSummary summary, SettingSpace? space = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(summary);
        var measured = new MeasuredRows(graph, summary, space);
        return summary.Manifest.GraphHash != graph.Hash
            ? throw new CompileException(
                $"The profile was measured on another graph of workflow '{graph.Name}'; run 'flowcompile profile' again, it measures only what changed.")
            : new ProfileTable(graph, measured.Usable
                .GroupBy(row => row.Node)
                .ToDictionary(group => group.Key, group => (IReadOnlyList<SettingProfile>)[.. group.Select(row => RowOf(graph, row))]))
            {
                Incomplete = measured.Incomplete,
                Disallowed = measured.Disallowed,
                Runs = summary.Runs,
                References = ReferencesOf(graph, summary, space),
                LazyRecorded = new(() => RecordedOutcomes.From(graph, summary)),
            };
    }

    // What cannot be composed for want of a setting is left out.
    private static IReadOnlyList<WorkflowConfiguration> ReferencesOf(WorkflowGraph graph, ProfileSummary summary, SettingSpace? space)
    {
        if (space is null || !summary.Runs.Any(run => run.Purpose == RunPurpose.Reference))
        {
            return [];
        }

        var structure = new StructureSpace(graph).Largest;
        var measured = summary.Rows.Where(row => row is { IsLeftOut: false, Accuracy.Count: > 0 }).Select(row => (row.Node, row.Setting)).ToHashSet();
        return
        [
            .. new[] { summary.Manifest.Reference, summary.Manifest.WeakReference }.Distinct()
                .Where(text => Setting.TryParse(text, out _))
                .Select(text => new WorkflowConfiguration("reference", structure, space.SettingsUnder(Setting.Parse(text), structure)))
                .Where(one => one.Settings.Index().All(entry => entry.Item is not { } settings || settings.Distinct.All(setting => measured.Contains((graph.Nodes[entry.Index].Name, setting))))),
        ];
    }

    private static SettingProfile RowOf(WorkflowGraph graph, SettingSummary row)
    {
        var isRepairer = graph.IndexOf(row.Node) is >= 0 and var node && graph.Nodes[node].Repair is not null;
        var conditional = isRepairer ? row.AccuracyGivenWrong : row.AccuracyGivenRight;
        var accuracy = conditional.Count > 0 ? conditional : row.Accuracy;
        return new SettingProfile(row.Setting, accuracy.Value!.Value, row.Latency!.Value.Mean.TotalSeconds, row.Cost, accuracy.Count)
        {
            EnergyJoules = row.EnergyJoules,
            LatencyP95Seconds = row.Latency.Value.P95.TotalSeconds,
            MeanScore = row.Accuracy.Value,
            GeneratedTokens = row.ThinkingTokens + row.OutputTokens,
        };
    }

    private static SettingProfile[] Check(string node, IReadOnlyList<SettingProfile> rows)
    {
        var seen = new HashSet<Setting>();
        foreach (var row in rows)
        {
            var problem = !seen.Add(row.Setting) ? "is there twice"
                : row.Accuracy is not (>= 0 and <= 1) ? $"has an accuracy of {Text(row.Accuracy)}, which is not from 0 to 1"
                : !double.IsFinite(row.LatencySeconds) || row.LatencySeconds < 0 ? $"has a latency of {Text(row.LatencySeconds)} s"
                : !double.IsFinite(row.Cost) || row.Cost < 0 ? $"has a cost of {Text(row.Cost)}"
                : row.EnergyJoules is { } energy && (!double.IsFinite(energy) || energy < 0) ? $"has an energy of {Text(energy)} J"
                : null;
            if (problem is not null)
            {
                throw new CompileException($"In the profile of '{node}' the setting {row.Setting} {problem}; profile the workflow again.");
            }
        }

        return [.. rows];
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
