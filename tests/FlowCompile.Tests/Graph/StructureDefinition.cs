using FlowCompile.Graph;

namespace FlowCompile.Tests.Graph;

/// <summary>
/// What runs under a choice, written from the definition in the documentation of <see cref="StructureSpace"/>, with names instead of indexes: what
/// structures are compared with. It shares no code with them.
/// </summary>
internal sealed class StructureDefinition(WorkflowGraph graph, IReadOnlyDictionary<string, int> choice)
{
    private const string Input = "(input)";

    /// <summary>All distinct things that run, over all choices.</summary>
    public static HashSet<string> All(WorkflowGraph graph)
    {
        var all = new HashSet<string>();
        Choose(new Dictionary<string, int>(), 0);
        return all;

        void Choose(Dictionary<string, int> choice, int next)
        {
            if (next == graph.Nodes.Count)
            {
                if (new StructureDefinition(graph, choice).Runs() is { } runs)
                {
                    all.Add(runs);
                }

                return;
            }

            var node = graph.Nodes[next];
            var (least, most) = node.Repair is { } repair ? (repair.MinAttempts, repair.MaxAttempts) : (node.IsOptional ? 0 : node.MinReplicas, node.MaxReplicas);
            for (var count = least; count <= most; count++)
            {
                choice[node.Name] = count;
                Choose(choice, next + 1);
            }
        }
    }

    /// <summary>What a structure says runs, in the same words.</summary>
    public static string Of(WorkflowGraph graph, WorkflowStructure structure)
    {
        var space = new StructureSpace(graph);
        var lines = new List<string>();
        foreach (var (node, i) in graph.Nodes.Select((node, i) => (node, i)).Where(pair => structure.IsActive(pair.i) && space.ResolveOutput(structure, pair.i) == pair.i))
        {
            var inputs = node.Inputs.Select(input => space.ResolveSources(structure, i, input).Select(NameOf));
            var controls = new[] { node.Repair?.Test, node.Repair?.Target, node.Condition?.Router }.OfType<string>()
                .Select(name => NameOf(space.ResolveOutput(structure, graph.IndexOf(name))));
            lines.Add(Line(node.Name, structure.Counts[i], inputs, controls));
        }

        return Text(NameOf(space.ResolveOutput(structure, graph.Output)), lines);

        string NameOf(int index) => index < 0 ? Input : graph.Nodes[index].Name;
    }

    private string? Runs()
    {
        if (StandsFor(graph.Nodes[graph.Output].Name) is not { } output)
        {
            return null;
        }

        var needed = new HashSet<string>();
        var open = new Queue<string>([output]);
        var lines = new List<string>();
        while (open.TryDequeue(out var name))
        {
            if (name == Input || !needed.Add(name))
            {
                continue;
            }

            var node = Node(name);
            var inputs = node.Inputs.Select(input => input.Kind switch
            {
                InputKind.Workflow => [Input],
                InputKind.Upstream => new[] { StandsFor(input.Sources[0]) },
                _ => [.. List(input)],
            }).ToList();
            string?[] controls = [.. new[] { node.Repair?.Test, node.Repair?.Target, node.Condition?.Router }.OfType<string>().Select(StandsFor)];
            if (inputs.Any(sources => sources.Contains(null)) || controls.Contains(null))
            {
                return null;
            }

            lines.Add(Line(name, choice[name], inputs!, controls!));
            inputs.SelectMany(sources => sources).Concat(controls).ToList().ForEach(source => open.Enqueue(source!));
        }

        return Text(output, lines);
    }

    private GraphNode Node(string name) => graph.Nodes.Single(node => node.Name == name);

    private string? StandsFor(string name)
    {
        var node = Node(name);
        var list = node.Inputs.SingleOrDefault(input => input.Kind == InputKind.Candidates);
        var candidates = list is null ? [] : List(list);
        var count = candidates.Sum(candidate => candidate != Input && Node(candidate).MaxReplicas > 1 ? choice[candidate] : 1);
        var isKept = choice[name] > 0;
        if (node.Repair is { } repair)
        {
            return isKept && (list is null || count >= list.MinBranches) ? name : StandsFor(repair.Target);
        }

        if (list is not null)
        {
            return isKept && count >= list.MinBranches ? name : count == 1 ? candidates[0] : null;
        }

        // Every value of these graphs is text, so what a node passes on is its first upstream, or else the input.
        return isKept ? name
            : node.Inputs.FirstOrDefault(input => input.Kind == InputKind.Upstream) is { } upstream ? StandsFor(upstream.Sources[0])
            : node.Inputs.Any(input => input.Kind == InputKind.Workflow) ? Input
            : null;
    }

    private List<string> List(GraphInput list) =>
    [
        .. list.Sources.Where(source => choice[source] > 0 || Node(source).Repair is not null).Select(StandsFor).OfType<string>().Distinct(),
    ];

    private static string Line(string name, int count, IEnumerable<IEnumerable<string>> inputs, IEnumerable<string> controls) =>
        FormattableString.Invariant($"{name}*{count}({string.Join("; ", inputs.Select(sources => string.Join(", ", sources.Order(StringComparer.Ordinal))))} | {string.Join(", ", controls)})");

    private static string Text(string output, List<string> lines) => $"{output}: {string.Join(" ", lines.Order(StringComparer.Ordinal))}";
}
