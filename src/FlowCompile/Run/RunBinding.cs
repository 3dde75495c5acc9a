using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Settings;
using Microsoft.Extensions.AI;

namespace FlowCompile;

/// <summary>
/// A configuration bound to a graph and the models of a catalog: what every run under it looks up, by the index of the node. Checked and
/// built once; the configuration keeps the last one.
/// </summary>
internal sealed class RunBinding
{
    private readonly WorkflowGraph _graph;
    private readonly ModelCatalog _models;
    private readonly Node[]?[]? _calls; // by node, what each of its calls needs, where they differ

    private RunBinding(WorkflowGraph graph, WorkflowConfiguration configuration, ModelCatalog models)
    {
        _graph = graph;
        _models = models;
        Counts = [.. configuration.Structure.Counts.Select((count, i) => configuration.Structure.HandsOn(i) ? 0 : count)];
        IsKept = [.. configuration.Structure.Counts.Select(count => count > 0)];
        Nodes = [.. graph.Nodes.Select((node, i) => NodeOf(node, configuration.Settings[i]?.First))];
        _calls = configuration.Settings.All(settings => settings is null or { IsUniform: true }) ? null
            : [.. graph.Nodes.Select((node, i) => configuration.Settings[i] is { IsUniform: false } each ? CallsOf(node, each) : null)];
        Calls = Counts.Where((_, i) => Nodes[i].Setting is not null).Sum();
        Groups = StopGroups.Of(graph);
        var output = new StructureSpace(graph).ResolveOutput(configuration.Structure, graph.Output);
        Streamed = output >= 0 && graph.Nodes[output] is { Kind: NodeKind.SubAgent, Repair: null } && configuration.Structure.IsCalled(output) ? output : -1;

        Node NodeOf(GraphNode node, Setting? setting) => new(node.Name, node.Temperature, setting, setting is { } own ? ModelOf(own) : null);

        // Calls under one setting share what they need.
        Node[] CallsOf(GraphNode node, CallSettings settings)
        {
            var nodes = settings.Distinct.ToDictionary(setting => setting, setting => NodeOf(node, setting));
            return [.. Enumerable.Range(0, settings.Count).Select(call => nodes[settings[call]])];
        }

        CatalogModel ModelOf(Setting setting) => models.Find(setting.Model) ?? new CatalogModel(models, new MissingModel(models, setting.Model), default);
    }

    /// <summary>
    /// The sub-agent whose answer is the workflow's output under this configuration: the output's, or the one whose only candidate passes through;
    /// -1 where that is a tool, a loop, or an input of the workflow.
    /// </summary>
    public int Streamed { get; }

    /// <summary>For each node the list that it works for; <see langword="null"/> where no list ends early.</summary>
    public int[]? Groups { get; }

    /// <summary>The model calls of a run in which each sub-agent makes one, and a repairer all that it may.</summary>
    public int Calls { get; }

    /// <summary>For each node its calls; 0 where it hands its only candidate on.</summary>
    public int[] Counts { get; }

    /// <summary>For each node whether the structure has it, to be called or to hand its only candidate on.</summary>
    public bool[] IsKept { get; }

    /// <summary>For each node what its first call needs, and the others too where they have the same setting.</summary>
    public Node[] Nodes { get; }

    /// <summary>What one call of a node needs.</summary>
    /// <param name="node">The node's index.</param>
    /// <param name="replica">Which replica, from 0.</param>
    /// <param name="attempt">Which repair attempt, from 0. A node has replicas or attempts, not both.</param>
    public Node Of(int node, int replica, int attempt) => _calls?[node] is { } calls ? calls[Math.Max(replica, attempt)] : Nodes[node];

    /// <summary>The binding of a configuration.</summary>
    /// <exception cref="WorkflowException">The configuration is not one of the graph.</exception>
    public static RunBinding Get(WorkflowGraph graph, WorkflowConfiguration configuration, ModelCatalog models)
    {
        if (configuration.Binding is { } last && last._graph == graph && last._models == models)
        {
            return last;
        }

        Check(graph, configuration);
        var binding = new RunBinding(graph, configuration, models);
        if (binding.IsComplete)
        {
            configuration.Binding = binding;
        }

        return binding;
    }

    // A model that is missing now may be added later: only what can no longer change is kept.
    private bool IsComplete => Nodes.Concat(_calls?.SelectMany(calls => calls ?? []) ?? []).All(node => node.Client is not MissingModel);

    private static void Check(WorkflowGraph graph, WorkflowConfiguration configuration)
    {
        if (configuration.Structure.Counts.Count != graph.Nodes.Count || configuration.Settings.Count != graph.Nodes.Count)
        {
            throw new WorkflowException(
                $"Workflow '{graph.Name}': the configuration '{configuration.Id}' is not of this workflow: it is for {configuration.Settings.Count} nodes, not {graph.Nodes.Count}.");
        }

        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            if (graph.Nodes[i].Kind == NodeKind.SubAgent && configuration.Structure.IsCalled(i) && configuration.Settings[i] is null)
            {
                throw new WorkflowException(
                    $"Workflow '{graph.Name}': the configuration '{configuration.Id}' runs '{graph.Nodes[i].Name}' and has no setting for it.");
            }
        }
    }

    /// <summary>What the calls of one node need.</summary>
    internal sealed class Node(string name, float? temperature, Setting? setting, CatalogModel? model)
    {
        private AdditionalPropertiesDictionary? _properties; // that no call has

        /// <summary>A node outside of any graph, over a model outside of any catalog.</summary>
        public Node(string name, Setting setting, IChatClient client)
            : this(name, temperature: null, setting, model: null)
        {
            Client = client;
        }

        public string Name { get; } = name;

        public float? Temperature { get; } = temperature;

        public ulong SeedName { get; } = RunSeeds.OfName(name);

        public Setting? Setting { get; } = setting;

        /// <summary>The setting's budget, as the options of a call carry it.</summary>
        public object? Budget { get; } = setting?.Budget;

        public IChatClient? Client { get; } = model?.Client;

        public string? Provider { get; } = model?.Provider;

        public ModelHealth? Health { get; } = model?.Health;

        public ModelPrice Price { get; } = model?.Price ?? default;

        /// <summary>The options of a call, with properties that no other call has meanwhile.</summary>
        public ChatOptions Options(float? temperature, long? seed)
        {
            var options = new ChatOptions { Temperature = temperature, Seed = seed };
            if (Volatile.Read(ref _properties) is not null && Interlocked.Exchange(ref _properties, null) is { } properties)
            {
                options.AdditionalProperties = properties;
            }
            else
            {
                options.SetReasoningBudget(Budget!);
            }

            return options;
        }

        /// <summary>
        /// Takes the properties back from a call that is over, for the next: making them is a quarter of what a call takes that is answered at once. A
        /// client may have changed them.
        /// </summary>
        public void TakeBack(AdditionalPropertiesDictionary properties)
        {
            if (ReasoningBudget.IsAllOf(properties, Budget!))
            {
                Volatile.Write(ref _properties, properties);
            }
        }
    }
}
