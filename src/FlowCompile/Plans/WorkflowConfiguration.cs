using FlowCompile.Graph;

namespace FlowCompile.Plans;

/// <summary>One structure of a workflow and a setting for each call of its active sub-agents: what can be deployed.</summary>
public sealed class WorkflowConfiguration
{
    private readonly CallSettings?[] _settings;

    /// <summary>Creates a configuration.</summary>
    /// <param name="id">Its id, unique in the plan.</param>
    /// <param name="structure">Its structure.</param>
    /// <param name="settings">
    /// For each node of the graph, by index, the settings of the calls of an active sub-agent; otherwise <see langword="null"/>. Those of a sub-agent which is never called
    /// (<see cref="WorkflowStructure.IsCalled"/>) are no part of the configuration, and are left out.
    /// </param>
    /// <param name="estimate">What it is expected to do, where that is known.</param>
    /// <exception cref="ArgumentException">The settings of a node differ and are not as many as its calls.</exception>
    public WorkflowConfiguration(string id, WorkflowStructure structure, IReadOnlyList<CallSettings?> settings, Estimate? estimate = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(structure);
        ArgumentNullException.ThrowIfNull(settings);
        Id = id;
        Structure = structure;
        _settings = [.. settings.Select((setting, node) => node < structure.Counts.Count && structure.Counts[node] > 0 && !structure.IsCalled(node) ? null : setting)];
        for (var node = 0; node < Math.Min(_settings.Length, structure.Counts.Count); node++)
        {
            if (_settings[node] is { IsUniform: false } own && own.Count != structure.Counts[node])
            {
                throw new ArgumentException(
                    $"The configuration '{id}' has {own.Count} settings for the {structure.Counts[node]} calls of node {node}; give one, or one for each call.", nameof(settings));
            }
        }

        Estimate = estimate;
    }

    /// <summary>Creates a configuration in which all calls of a sub-agent have the same setting.</summary>
    /// <param name="id">Its id, unique in the plan.</param>
    /// <param name="structure">Its structure.</param>
    /// <param name="settings">For each node of the graph, by index, the setting of an active sub-agent; otherwise <see langword="null"/>.</param>
    /// <param name="estimate">What it is expected to do, where that is known.</param>
    public WorkflowConfiguration(string id, WorkflowStructure structure, IReadOnlyList<Setting?> settings, Estimate? estimate = null)
        : this(id, structure, (IReadOnlyList<CallSettings?>)[.. (settings ?? throw new ArgumentNullException(nameof(settings))).Select(setting => (CallSettings?)setting)], estimate)
    {
    }

    /// <summary>The id, unique in the plan: <c>c01</c> is the fastest.</summary>
    public string Id { get; }

    /// <summary>The structure.</summary>
    public WorkflowStructure Structure { get; }

    /// <summary>For each node of the graph, by index, the settings of the calls of a sub-agent that may be called; otherwise <see langword="null"/>.</summary>
    public IReadOnlyList<CallSettings?> Settings => _settings;

    internal ReadOnlySpan<CallSettings?> SettingsSpan => _settings;

    /// <summary>What the configuration is expected to do; <see langword="null"/> for one that was not compiled.</summary>
    public Estimate? Estimate { get; }

    /// <summary>The models it ran on last, looked up.</summary>
    internal RunBinding? Binding { get; set; }

    /// <summary>What its nodes read, looked up.</summary>
    internal ResolvedInputs? Inputs { get; set; }

    /// <summary>The times that a run with a deadline reckoned with last.</summary>
    internal RemainingTime? Times { get; set; }

    /// <summary>A name that says more than the id; <see langword="null"/> where it has none.</summary>
    public string? Name { get; init; }

    /// <summary>Members of the plan file that this version does not know, by name, as JSON: kept when the plan is written again.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Extensions { get; init; } = [];

    /// <summary>Members of its estimate that this version does not know, likewise.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> EstimateExtensions { get; init; } = [];

    /// <summary>
    /// The configuration as text: <c>Programmer=mini@16 Select=nano@0</c>, replicas as <c>GenerateSolver*2=mini@64</c>, or
    /// <c>GenerateSolver=nano@16+mini@64</c> where they differ; what the text of its structure
    /// has in parentheses (<see cref="WorkflowStructure.ToText"/>) is there as well.
    /// </summary>
    /// <param name="graph">The graph it belongs to.</param>
    public string ToText(WorkflowGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return Join(graph, Structure.Aside(graph));
    }

    /// <summary>The text without what is in parentheses.</summary>
    /// <param name="graph">The graph it belongs to.</param>
    internal string ToPlainText(WorkflowGraph graph) => Join(graph, []);

    private string Join(WorkflowGraph graph, IReadOnlyList<int> aside) => string.Join(' ', Enumerable.Range(0, _settings.Length)
        .Where(i => _settings[i] is not null || aside.Contains(i))
        .Select(i => _settings[i] is { } settings ? graph.Nodes[i].Name + settings.Assigned(Structure.Counts[i]) : $"({Structure.TextOf(graph, i)})"));

    /// <inheritdoc/>
    public override string ToString() => Id;
}
