using System.Text;
using System.Text.Json;
using FlowCompile.Graph;
using FlowCompile.Json;

namespace FlowCompile.Plans;

/// <summary>Reads a plan and says of everything it does not accept where it stands. Unknown members are kept as they are.</summary>
internal sealed class PlanReader(string file, WorkflowGraph graph) : LocatedReader
{
    private const string Recompile = "compile it again with 'flowcompile compile'";

    public WorkflowPlan Read(byte[] utf8)
    {
        if (utf8.AsSpan().StartsWith("\uFEFF"u8))
        {
            utf8 = utf8[3..];
        }

        LocatedJson root;
        try
        {
            root = LocatedJson.Parse(utf8);
        }
        catch (JsonException e)
        {
            throw new PlanException(file, (int?)e.LineNumber + 1, $"it is not a plan, for it is not valid JSON: {LocatedJson.Reason(e)}; {Recompile}", e);
        }

        var members = Object(root, "the plan", known: null);
        CheckVersion(root, members);
        CheckGraph(root, members);
        var json = Needed(root, members, "configurations", "the plan");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var configurations = List(json, "'configurations'").Select(item => ReadConfiguration(item, ids, utf8)).ToList();
        if (configurations.Count == 0)
        {
            throw Fail(json.Line, $"'configurations' is empty; {Recompile}");
        }

        CheckOrder(json, configurations);
        return new WorkflowPlan(
            graph.Name,
            graph.Hash,
            Text(Needed(root, members, "proxy", "the plan"), "'proxy'"),
            Text(Needed(root, members, "schedule", "the plan"), "'schedule'"),
            configurations,
            members.TryGetValue("provenance", out var provenance) ? ReadProvenance(provenance) : null)
        {
            Cells = members.TryGetValue("cells", out var cells) ? ReadCells(cells) : [],
            Extensions = ExtensionsOf(root, PlanFormat.PlanMembers, utf8),
        };
    }

    protected override PlanException Fail(int line, string problem) => new(file, line, problem);

    private void CheckVersion(LocatedJson root, Dictionary<string, LocatedJson> members)
    {
        var version = Needed(root, members, "version", "the plan");
        var number = Integer(version, "'version'");
        if (number > PlanFormat.Version)
        {
            throw Fail(version.Line, $"the plan has version {number}, and this FlowCompile reads up to {PlanFormat.Version}; update FlowCompile, or {Recompile}");
        }

        if (number < 1)
        {
            throw Fail(version.Line, $"the plan has version {number}, which never was; {Recompile}");
        }
    }

    private void CheckGraph(LocatedJson root, Dictionary<string, LocatedJson> members)
    {
        var workflow = Needed(root, members, "workflow", "the plan");
        var name = Text(workflow, "'workflow'");
        if (name != graph.Name)
        {
            throw Fail(workflow.Line, $"the plan is for the workflow '{name}', not for '{graph.Name}'; name the right file");
        }

        var hash = Needed(root, members, "graphHash", "the plan");
        if (Text(hash, "'graphHash'") != graph.Hash)
        {
            throw Fail(hash.Line, $"the plan is stale: it was compiled for another graph of '{graph.Name}'; run 'flowcompile profile' again, which measures only what changed");
        }
    }

    private WorkflowConfiguration ReadConfiguration(LocatedJson json, HashSet<string> ids, byte[] utf8)
    {
        var members = Object(json, "a configuration", known: null);
        var id = Text(Needed(json, members, "id", "the configuration"), "'id'");
        var what = $"the configuration '{id}'";
        if (!ids.Add(id))
        {
            throw Fail(json.Line, $"{what} is there twice; {Recompile}");
        }

        var counts = ReadCounts(Needed(json, members, "counts", what), what);
        var structure = StructureOf(json, counts, what);
        return new WorkflowConfiguration(
            id, structure, ReadSettings(Needed(json, members, "settings", what), structure, what), ReadEstimate(Needed(json, members, "estimate", what), what))
        {
            Name = members.TryGetValue("name", out var name) ? Text(name, $"'name' of {what}") : null,
            Extensions = ExtensionsOf(json, PlanFormat.ConfigurationMembers, utf8),
        };
    }

    private int[] ReadCounts(LocatedJson json, string what)
    {
        var counts = new int[graph.Nodes.Count];
        foreach (var (node, value) in Object(json, $"'counts' of {what}", known: null))
        {
            counts[NodeOf(node, value.Line, what)] = Integer(value, $"the count of '{node}' in {what}");
        }

        return counts;
    }

    private WorkflowStructure StructureOf(LocatedJson json, int[] counts, string what)
    {
        try
        {
            return WorkflowStructure.Create(graph, counts);
        }
        catch (GraphException e)
        {
            throw Fail(json.Line, $"{what} has no valid structure: {e.Message.TrimEnd('.')}; {Recompile}");
        }
    }

    private Setting?[] ReadSettings(LocatedJson json, WorkflowStructure structure, string what)
    {
        var settings = new Setting?[graph.Nodes.Count];
        foreach (var (node, value) in Object(json, $"'settings' of {what}", known: null))
        {
            var index = NodeOf(node, value.Line, what);
            var text = Text(value, $"the setting of '{node}' in {what}");
            settings[index] = Setting.TryParse(text, out var setting)
                ? setting
                : throw Fail(value.Line, $"the setting of '{node}' in {what} is \"{text}\"; a setting is model@budget");
        }

        for (var i = 0; i < settings.Length; i++)
        {
            var needed = structure.IsActive(i) && graph.Nodes[i].Kind == NodeKind.SubAgent;
            if (needed != settings[i] is not null)
            {
                throw Fail(json.Line, $"{what} {(needed ? "has no setting for" : "has a setting for the inactive")} '{graph.Nodes[i].Name}'; {Recompile}");
            }
        }

        return settings;
    }

    private Estimate ReadEstimate(LocatedJson json, string what)
    {
        var members = Object(json, $"'estimate' of {what}", known: null);
        var accuracy = Needed(json, members, "accuracy", $"the estimate of {what}");
        return new Estimate
        {
            Accuracy = Amount(accuracy, $"'accuracy' of {what}") is <= 1 and var value
                ? value
                : throw Fail(accuracy.Line, $"'accuracy' of {what} is {accuracy.Text}; it is between 0 and 1"),
            LatencySeconds = Amount(Needed(json, members, "latencySeconds", $"the estimate of {what}"), $"'latencySeconds' of {what}"),
            Cost = members.TryGetValue("cost", out var cost) ? Amount(cost, $"'cost' of {what}") : 0,
            EnergyJoules = OptionalAmount("energyJoules"),
            AccuracyInterval = ReadInterval(members, "accuracyInterval", what),
            LatencyInterval = ReadInterval(members, "latencyInterval", what),
            LatencyP50Seconds = OptionalAmount("latencyP50Seconds"),
            LatencyP95Seconds = OptionalAmount("latencyP95Seconds"),
            LatencyP99Seconds = OptionalAmount("latencyP99Seconds"),
            Cases = members.TryGetValue("cases", out var cases) ? Integer(cases, $"'cases' of {what}") : null,
        };

        double? OptionalAmount(string key) => members.TryGetValue(key, out var value) ? Amount(value, $"'{key}' of {what}") : null;
    }

    private List<PlanCell> ReadCells(LocatedJson json)
    {
        List<PlanCell> cells = [];
        foreach (var (node, settings) in Object(json, "'cells'", known: null))
        {
            NodeOf(node, settings.Line, "'cells'");
            foreach (var (text, value) in Object(settings, $"'{node}' in 'cells'", known: null))
            {
                var what = $"the cell '{text}' of '{node}'";
                var members = Object(value, what, known: null);
                cells.Add(new PlanCell(
                    node,
                    Setting.TryParse(text, out var setting) ? setting : throw Fail(value.Line, $"{what} is of no setting; a setting is model@budget"),
                    Amount(Needed(value, members, "latencySeconds", what), $"'latencySeconds' of {what}"),
                    Optional("latencyP95Seconds"))
                {
                    Accuracy = Optional("accuracy"),
                    Tokens = Optional("tokens"),
                    Samples = (int?)Optional("samples"),
                });

                double? Optional(string key) => members.TryGetValue(key, out var amount) ? Amount(amount, $"'{key}' of {what}") : null;
            }
        }

        return cells;
    }

    private EstimateInterval? ReadInterval(Dictionary<string, LocatedJson> members, string key, string what)
    {
        if (!members.TryGetValue(key, out var json))
        {
            return null;
        }

        var ends = List(json, $"'{key}' of {what}").Select(end => Amount(end, $"an end of '{key}' of {what}")).ToList();
        return ends is [var low, var high] && low <= high
            ? new EstimateInterval(low, high)
            : throw Fail(json.Line, $"'{key}' of {what} is no interval; write [low, high]");
    }

    private PlanProvenance ReadProvenance(LocatedJson json)
    {
        const string What = "'provenance'";
        var members = Object(json, What, known: null);
        return new PlanProvenance
        {
            ToolVersion = Text(Needed(json, members, "toolVersion", What), "'toolVersion'"),
            ProfileHash = Text(Needed(json, members, "profileHash", What), "'profileHash'"),
            CasesHash = members.TryGetValue("casesHash", out var cases) ? Text(cases, "'casesHash'") : null,
            Cases = Integer(Needed(json, members, "cases", What), "'cases'"),
            Seed = Integer(Needed(json, members, "seed", What), "'seed'"),
            Models = Object(Needed(json, members, "models", What), "'models'", known: null)
                .ToDictionary(pair => pair.Key, pair => Text(pair.Value, $"the identity of the model '{pair.Key}'"), StringComparer.Ordinal),
            Hardware = Text(Needed(json, members, "hardware", What), "'hardware'"),
        };
    }

    private void CheckOrder(LocatedJson json, List<WorkflowConfiguration> configurations)
    {
        for (var i = 1; i < configurations.Count; i++)
        {
            if (configurations[i].Estimate!.LatencySeconds < configurations[i - 1].Estimate!.LatencySeconds)
            {
                throw Fail(json.Items[i].Line, $"the configuration '{configurations[i].Id}' is faster than the one before it; {Recompile}");
            }
        }
    }

    private int NodeOf(string name, int line, string what) => graph.IndexOf(name) is >= 0 and var index
        ? index
        : throw Fail(line, $"{what} names the node '{name}', which the workflow '{graph.Name}' does not have; {Recompile}");

    private LocatedJson Needed(LocatedJson owner, Dictionary<string, LocatedJson> members, string key, string what) =>
        members.TryGetValue(key, out var value) ? value : throw Fail(owner.Line, $"{what} lacks '{key}'; {Recompile}");

    private static IReadOnlyList<KeyValuePair<string, string>> ExtensionsOf(LocatedJson json, IReadOnlyCollection<string> known, byte[] utf8) =>
        [.. json.Members.Where(member => !known.Contains(member.Name))
            .Select(member => KeyValuePair.Create(member.Name, Encoding.UTF8.GetString(utf8, member.Value.Start, member.Value.End - member.Value.Start)))];
}
