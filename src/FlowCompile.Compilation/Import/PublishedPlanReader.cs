using System.Globalization;
using System.Text.Json;
using FlowCompile.Graph;
using FlowCompile.Json;
using FlowCompile.Text;
using FlowCompile.Plans;

namespace FlowCompile.Compilation;

/// <summary>
/// Reads <c>flowcompile.compiled.v2</c>: of each configuration the structure (<c>s__agent-c1__...</c>), the agents' settings and the two
/// expected metrics.
/// </summary>
internal sealed class PublishedPlanReader(string path, AgentNames names, ImportOptions options) : LocatedReader
{
    public const string SchemaVersion = "flowcompile.compiled.v2";

    private readonly WorkflowGraph _graph = names.Graph;

    public PublishedPlan Read(byte[] utf8)
    {
        LocatedJson root;
        try
        {
            root = LocatedJson.Parse(utf8);
        }
        catch (JsonException e)
        {
            throw Fail((int)(e.LineNumber ?? 0) + 1, $"it is not valid JSON: {LocatedJson.Reason(e)}");
        }

        var members = Object(root, "the file", known: null);
        var version = Require(root, members, "schema_version", "the file", $"\"schema_version\": \"{SchemaVersion}\"");
        if (Text(version, "'schema_version'") != SchemaVersion)
        {
            throw Fail(version.Line, $"'schema_version' is \"{version.Text}\"; only \"{SchemaVersion}\" can be imported");
        }

        var list = Require(root, members, "configs", "the file", "\"configs\": [ ... ]");
        var read = List(list, "'configs'").Select(ReadConfiguration).ToList();
        var alive = read.Where(one => one is not null).Select(one => one!.Value).ToList();
        var frontier = FrontierOf(alive);
        if (frontier.Count == 0)
        {
            throw Fail(list.Line, "'configs' holds no configuration that can be taken over; compile it again with the published system");
        }

        return new PublishedPlan
        {
            Plan = new WorkflowPlan(_graph.Name, _graph.Hash, "independent", "sequential", Named(frontier), provenance: null),
            Configurations = read.Count,
            Dominated = alive.Count - frontier.Count,
            WithDeadCalls = read.Count - alive.Count,
        };
    }

    protected override CompileException Fail(int line, ShownText problem) => new(FormattableString.Invariant($"{path}({line}): {problem}."));

    private Imported? ReadConfiguration(LocatedJson json)
    {
        var members = Object(json, "a configuration", known: null);
        var id = Text(Require(json, members, "config_id", "the configuration", "its id"), "'config_id'");
        var what = $"the configuration '{id}'";
        var structureId = Require(json, members, "structure_id", what, "the structure's id");
        var counts = ReadCounts(structureId, Text(structureId, $"'structure_id' of {what}"));
        var structure = new StructureSpace(_graph).TryResolve(counts, out var reason)
            ?? throw Fail(structureId.Line, $"{what} has a structure that the workflow '{_graph.Name}' does not have: {reason}");
        if (Enumerable.Range(0, counts.Length).Any(node => counts[node] > 0 && !structure.IsActive(node) && _graph.Nodes[node].Kind == NodeKind.SubAgent))
        {
            return null;
        }

        var metrics = Require(json, members, "metrics", what, "the expected metrics");
        var values = Object(metrics, $"'metrics' of {what}", known: null);
        var accuracy = Require(metrics, values, "expected_accuracy", $"'metrics' of {what}", "a number from 0 to 1");
        var estimate = new Estimate
        {
            Accuracy = Amount(accuracy, $"'expected_accuracy' of {what}") is <= 1 and var value
                ? value
                : throw Fail(accuracy.Line, $"'expected_accuracy' of {what} is {accuracy.Text}; it is from 0 to 1"),
            LatencySeconds = Amount(Require(metrics, values, "expected_latency", $"'metrics' of {what}", "a number of seconds"), $"'expected_latency' of {what}"),
        };
        return new Imported(structure, ReadSettings(json, members, structure, what), estimate);
    }

    private int[] ReadCounts(LocatedJson json, string id)
    {
        var counts = _graph.Nodes.Select(node => node.Kind == NodeKind.Tool ? 1 : 0).ToArray();
        foreach (var part in id.Split("__").Skip(1))
        {
            var at = part.LastIndexOf("-c", StringComparison.Ordinal);
            if (at <= 0 || !int.TryParse(part.AsSpan(at + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                throw Fail(json.Line, $"the structure \"{id}\" cannot be read at \"{part}\"; it is written s__agent-c1__agent-c0");
            }

            var node = NodeOf(json, part[..at]);
            counts[node] = count <= _graph.Nodes[node].MaxCount
                ? count
                : throw Fail(json.Line, $"the structure \"{id}\" runs '{_graph.Nodes[node].Name}' {count} times, and the workflow '{_graph.Name}' at most {_graph.Nodes[node].MaxCount}");
        }

        return counts;
    }

    private CallSettings?[] ReadSettings(LocatedJson json, Dictionary<string, LocatedJson> members, WorkflowStructure structure, string what)
    {
        var settings = new CallSettings?[_graph.Nodes.Count];
        var agents = Require(json, members, "agents", what, "the settings of its agents");
        foreach (var (agent, value) in Object(agents, $"'agents' of {what}", known: null))
        {
            var node = NodeOf(value, agent);
            if (!structure.IsCalled(node))
            {
                continue;
            }

            var own = Object(value, $"'{agent}' of {what}", known: null);
            var text = Require(value, own, "setting", $"'{agent}' of {what}", "model_budget_number");
            var problem = PublishedSettings.Read(Text(text, $"'setting' of '{agent}'"), options.UnlimitedBudget, out var setting);
            settings[node] = problem is null ? setting : throw Fail(text.Line, $"in {what}, {problem}");
        }

        var missing = Enumerable.Range(0, settings.Length)
            .FirstOrDefault(node => structure.IsCalled(node) && _graph.Nodes[node].Kind == NodeKind.SubAgent && settings[node] is null, -1);
        return missing < 0 ? settings : throw Fail(agents.Line, $"{what} has no setting for '{_graph.Nodes[missing].Name}', which its structure runs");
    }

    private int NodeOf(LocatedJson json, string agent)
    {
        try
        {
            return names.NodeOf(agent);
        }
        catch (CompileException e)
        {
            throw Fail(json.Line, e.Message.TrimEnd('.'));
        }
    }

    // Fastest first, of equals the more accurate, then as written: every point that is more accurate than all faster ones.
    private static List<Imported> FrontierOf(IEnumerable<Imported> all)
    {
        List<Imported> frontier = [];
        foreach (var one in all.OrderBy(one => one.Estimate.LatencySeconds).ThenByDescending(one => one.Estimate.Accuracy))
        {
            if (frontier.Count == 0 || one.Estimate.Accuracy > frontier[^1].Estimate.Accuracy)
            {
                frontier.Add(one);
            }
        }

        return frontier;
    }

    private static List<WorkflowConfiguration> Named(List<Imported> frontier) =>
        [.. frontier.Select((one, i) => new WorkflowConfiguration(ConfigurationIds.Of(i, frontier.Count), one.Structure, one.Settings, one.Estimate))];

    private readonly record struct Imported(WorkflowStructure Structure, CallSettings?[] Settings, Estimate Estimate);
}
