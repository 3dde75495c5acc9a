using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using FlowCompile.Graph;
using FlowCompile.Json;

namespace FlowCompile.Plans;

/// <summary>A compiled plan: the frontier of a workflow's configurations with its provenance. Immutable.</summary>
[DebuggerDisplay("{Workflow,nq}: {Configurations.Count} configurations")]
public sealed class WorkflowPlan
{
    private readonly WorkflowConfiguration[] _configurations;
    private readonly PlanSelector _selector;
    private HashSet<string>? _models; // made when first asked for; two threads may both make it
    private AllowedBy? _allowedBy; // likewise

    /// <summary>Creates a plan.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="graphHash">The hash of the graph it was compiled for (<see cref="WorkflowGraph.Hash"/>).</param>
    /// <param name="proxy">The proxy behind its estimates, for example <c>independent</c>.</param>
    /// <param name="schedule">The schedule behind its latencies, for example <c>parallel</c>.</param>
    /// <param name="configurations">The configurations with their estimates, at least one, fastest first.</param>
    /// <param name="provenance">Where it comes from.</param>
    /// <exception cref="ArgumentException">There is no configuration, one has no estimate, or they are not in order of latency.</exception>
    public WorkflowPlan(
        string workflow, string graphHash, string proxy, string schedule, IReadOnlyList<WorkflowConfiguration> configurations, PlanProvenance? provenance)
    {
        ArgumentNullException.ThrowIfNull(configurations);
        if (configurations.Count == 0)
        {
            throw new ArgumentException("A plan needs at least one configuration.", nameof(configurations));
        }

        for (var i = 0; i < configurations.Count; i++)
        {
            if (configurations[i].Estimate is not { } estimate)
            {
                throw new ArgumentException($"Configuration '{configurations[i].Id}' has no estimate.", nameof(configurations));
            }

            if (i > 0 && estimate.LatencySeconds < configurations[i - 1].Estimate!.LatencySeconds)
            {
                throw new ArgumentException($"Configuration '{configurations[i].Id}' is faster than the one before it; put the fastest first.", nameof(configurations));
            }
        }

        Workflow = workflow;
        GraphHash = graphHash;
        Proxy = proxy;
        Schedule = schedule;
        _configurations = [.. configurations];
        _selector = new PlanSelector(workflow, _configurations);
        Provenance = provenance;
    }

    /// <summary>The workflow's name.</summary>
    public string Workflow { get; }

    /// <summary>The hash of the graph it was compiled for.</summary>
    public string GraphHash { get; }

    /// <summary>The proxy behind the estimates.</summary>
    public string Proxy { get; }

    /// <summary>The schedule behind the latencies.</summary>
    public string Schedule { get; }

    /// <summary>The configurations, fastest first.</summary>
    public IReadOnlyList<WorkflowConfiguration> Configurations => _configurations;

    /// <summary>Where the plan comes from; <see langword="null"/> for one made by hand.</summary>
    public PlanProvenance? Provenance { get; }

    /// <summary>What the frontier trades off, for example <c>accuracy</c> and <c>latency</c>; empty where the plan does not say.</summary>
    public IReadOnlyList<string> Objectives { get; init; } = [];

    /// <summary>
    /// How much accuracy the plan may lose against the exact frontier, 0 to 1: for every configuration left out, one in the plan is no worse
    /// in everything else and less accurate by at most this. Proven; 0 for an exact frontier, <see langword="null"/> where nothing is proven.
    /// It speaks of recorded accuracies, and of the frontier before configurations were folded.
    /// </summary>
    public double? AccuracyLoss { get; init; }

    /// <summary>
    /// How many configurations of the frontier were folded into others of the plan, because their accuracies cannot be told apart, at least 1;
    /// <see langword="null"/> where none was.
    /// </summary>
    public int? Folded { get; init; }

    /// <summary>
    /// The most recorded accuracy that a folded configuration has more than the one it was folded into, which is no worse in everything else,
    /// 0 to 1; <see langword="null"/> where none was folded.
    /// </summary>
    public double? FoldedLoss { get; init; }

    /// <summary>What was measured of the sub-agents under the settings that the configurations have; empty where the plan does not say.</summary>
    public IReadOnlyList<PlanCell> Cells { get; init; } = [];

    /// <summary>What runs of the whole workflow have shown of the estimates, and what was corrected by that; <see langword="null"/> where none was made.</summary>
    public PlanVerification? Verification { get; init; }

    /// <summary>Members of the plan file that this version does not know, by name, as JSON: kept when the plan is written again.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Extensions { get; init; } = [];

    /// <summary>Members of its cells that this version does not know, likewise.</summary>
    internal IReadOnlyDictionary<(string Node, Setting Setting), IReadOnlyList<KeyValuePair<string, string>>> CellExtensions { get; init; } =
        new Dictionary<(string, Setting), IReadOnlyList<KeyValuePair<string, string>>>();

    /// <summary>Members of its provenance that this version does not know, likewise.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> ProvenanceExtensions { get; init; } = [];

    /// <summary>The configuration that a preference chooses. It allocates nothing.</summary>
    /// <param name="preference">What the caller wants.</param>
    /// <exception cref="InfeasiblePreferenceException">No configuration keeps the preference's limits.</exception>
    public WorkflowConfiguration Select(Preference preference) => _selector.Select(preference);

    /// <summary>The configuration that a preference chooses, and whether there is one.</summary>
    /// <param name="preference">What the caller wants.</param>
    /// <param name="configuration">The configuration, where one keeps the preference's limits.</param>
    public bool TrySelect(Preference preference, [NotNullWhen(true)] out WorkflowConfiguration? configuration)
    {
        configuration = _selector.TrySelect(preference);
        return configuration is not null;
    }

    /// <summary>The plan without some of its models. Keep what it returns: making it is more work than choosing.</summary>
    /// <param name="models">The models that must not be used.</param>
    /// <exception cref="ArgumentException">The plan knows no model of such a name: nothing would be left out for it.</exception>
    public ModelMask Without(params IReadOnlyCollection<string> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        return models.FirstOrDefault(model => !Models.Contains(model)) is { } unknown
            ? throw new ArgumentException($"The plan of '{Workflow}' knows no model '{unknown}' to do without; {NearestName.Suggest(unknown, Models)}", nameof(models))
            : Mask(models);
    }

    /// <summary>The models that the plan knows: those of its configurations and cells, and those that were measured for it.</summary>
    internal IReadOnlyCollection<string> Models => _models ??= new(
        [
            .. _configurations.SelectMany(configuration => configuration.Settings).OfType<CallSettings>().SelectMany(settings => settings.Models),
            .. Cells.Select(cell => cell.Setting.Model),
            .. Provenance?.Models.Keys ?? [],
        ],
        StringComparer.Ordinal);

    /// <summary>The plan without some models, whether it knows them or not.</summary>
    internal ModelMask Mask(IReadOnlyCollection<string> models) => new(this, _selector, [.. models]);

    /// <summary>The plan with the unknown members of another, and the names and unknown members of the configurations that both have.</summary>
    /// <param name="other">The other.</param>
    /// <param name="graph">The workflow's graph.</param>
    internal WorkflowPlan Keeping(PlanDocument other, WorkflowGraph graph)
    {
        var same = other.Configurations.ToLookup(one => one.ToText(), StringComparer.Ordinal);
        return new WorkflowPlan(Workflow, GraphHash, Proxy, Schedule, [.. _configurations.Select(Kept)], Provenance)
        {
            Objectives = Objectives,
            AccuracyLoss = AccuracyLoss,
            Folded = Folded,
            FoldedLoss = FoldedLoss,
            Cells = Cells,
            Verification = Verification,
            Extensions = [.. Extensions, .. other.Extensions.Where(member => Extensions.All(own => own.Key != member.Key))],
            CellExtensions = CellExtensions,
            ProvenanceExtensions = ProvenanceExtensions,
        };

        // Configurations with the same settings may differ in what has none. What the other has of one of them is kept for that one alone.
        PlanDocumentConfiguration? Before(WorkflowConfiguration one) => same[one.ToPlainText(graph)].FirstOrDefault(before => before.HasCounts(CountsOf(one)))
            ?? same[one.ToPlainText(graph)].FirstOrDefault(before => !_configurations.Any(own => before.HasCounts(CountsOf(own))));

        Dictionary<string, int> CountsOf(WorkflowConfiguration one) => Enumerable.Range(0, graph.Nodes.Count)
            .Where(i => one.Structure.Counts[i] > 0).ToDictionary(i => graph.Nodes[i].Name, i => one.Structure.Counts[i]);

        WorkflowConfiguration Kept(WorkflowConfiguration one) => Before(one) is not { } before ? one
            : new WorkflowConfiguration(one.Id, one.Structure, one.Settings, one.Estimate)
            {
                Name = one.Name ?? before.Name,
                Extensions = [.. one.Extensions, .. before.Extensions.Where(member => one.Extensions.All(own => own.Key != member.Key))],
                EstimateExtensions = one.EstimateExtensions,
            };
    }

    /// <summary>
    /// What the plan has that its workflow does not allow: the first sub-agent with a setting outside the lists of its declaration, and whether nobody
    /// asked before; <see langword="null"/> where all is allowed. Worked out once for a graph.
    /// </summary>
    /// <param name="graph">The workflow's graph.</param>
    internal (string Problem, bool IsNew)? NotAllowedBy(WorkflowGraph graph)
    {
        var known = _allowedBy;
        if (known?.Graph == graph)
        {
            return known.Problem is null ? null : (known.Problem, false);
        }

        _allowedBy = known = new AllowedBy(graph, _configurations
            .SelectMany(one => one.Settings.SelectMany((settings, node) => (settings?.Distinct ?? []).Select(own => node < graph.Nodes.Count && !graph.Allows(node, own.Model, own.Budget)
                ? $"its configuration '{one.Id}' runs '{graph.Nodes[node].Name}' under {own}, which its Models and Budgets, or those of the workflow, do not allow"
                : null)))
            .FirstOrDefault(problem => problem is not null));
        return known.Problem is null ? null : (known.Problem, true);
    }

    internal int IndexOf(WorkflowConfiguration configuration) => Array.IndexOf(_configurations, configuration);

    internal WorkflowConfiguration SelectStrictly(in Preference preference, ReadOnlySpan<bool> allowed) => _selector.SelectStrictly(preference, allowed);

    internal WorkflowConfiguration? TrySelectAmong(in Preference preference, ReadOnlySpan<bool> allowed) => _selector.TrySelectAmong(preference, allowed);

    internal WorkflowConfiguration? MostLikelyInTime(in Preference preference, ReadOnlySpan<bool> allowed, ReadOnlySpan<double> seconds, int current) =>
        _selector.MostLikelyInTime(preference, allowed, seconds, current);

    internal WorkflowConfiguration? SelectAmong(in Preference preference, ReadOnlySpan<bool> allowed) => _selector.SelectAmong(preference, allowed);

    /// <summary>The configuration of an id.</summary>
    /// <param name="id">The id, for example <c>c01</c>.</param>
    /// <returns>The configuration, or <see langword="null"/> where there is none of that id.</returns>
    public WorkflowConfiguration? Find(string id) => Array.Find(_configurations, configuration => configuration.Id == id);

    private sealed record AllowedBy(WorkflowGraph Graph, string? Problem);
}
