using System.Globalization;
using System.Text.Json;
using FlowCompile.Json;
using FlowCompile.Text;

namespace FlowCompile.Settings;

/// <summary>Reads the section <c>deployment</c> of <c>flowcompile.json</c>.</summary>
internal sealed class DeploymentReader(string file, IReadOnlyCollection<string> models, IReadOnlyCollection<string> workflows) : LocatedReader
{
    private const decimal MaxGiB = 1_000_000;
    private static readonly string[] s_keys = ["maxModels", "maxSpending", "gpus", "memory", "workflows"];
    private static readonly string[] s_memoryKeys = ["gib", "gpus"];
    private static readonly string[] s_workflowKeys = ["runs", "minAccuracy", "maxLatency"];

    public DeploymentSettings Read(LocatedJson json)
    {
        var members = Object(json, "'deployment'", s_keys);
        var gpus = members.TryGetValue("gpus", out var list)
            ? Object(list, "'gpus' of 'deployment'", known: null).ToDictionary(pair => pair.Key, pair => Memory(pair.Value, $"the memory of the GPU '{pair.Key}'"))
            : [];
        return new DeploymentSettings
        {
            MaxModels = members.TryGetValue("maxModels", out var most) ? MaxModels(most) : null,
            MaxSpending = members.TryGetValue("maxSpending", out var spending) ? Amount(spending, "'maxSpending' of 'deployment'") : null,
            Gpus = gpus,
            Memory = members.TryGetValue("memory", out var memory)
                ? [.. Object(memory, "'memory' of 'deployment'", known: null).Select(pair => ReadMemory(NameOf(memory, pair.Key, "model", models), pair.Value, gpus.Keys))]
                : [],
            Workflows = members.TryGetValue("workflows", out var section)
                ? [.. Object(section, "'workflows' of 'deployment'", known: null).Select(pair => ReadWorkflow(NameOf(section, pair.Key, "workflow", workflows), pair.Value))]
                : [],
        };
    }

    protected override SettingsException Fail(int line, ShownText problem) => new(file, line, problem.ToString());

    private int MaxModels(LocatedJson json) => Integer(json, "'maxModels' of 'deployment'") is >= 1 and var most
        ? most
        : throw Fail(json.Line, $"'maxModels' of 'deployment' is {json.Text}; write 1 or more");

    private ModelMemorySettings ReadMemory(string model, LocatedJson json, IReadOnlyCollection<string> gpus)
    {
        var what = $"the memory of the model '{model}'";
        if (json.Kind == JsonTokenType.Number)
        {
            return new ModelMemorySettings(model, Memory(json, what), []);
        }

        if (json.Kind != JsonTokenType.StartObject)
        {
            throw Fail(json.Line, $"{what} is {json.Description}; write a number of GiB, or {{ \"gib\": 16, \"gpus\": [ ... ] }}");
        }

        var members = Object(json, what, s_memoryKeys);
        return new ModelMemorySettings(
            model,
            Memory(Require(json, members, "gib", what, "\"gib\": 16"), $"'gib' of {what}"),
            members.TryGetValue("gpus", out var list) ? [.. List(list, $"'gpus' of {what}").Select(gpu => OneOf(gpu, $"a GPU of the model '{model}'", gpus)).Distinct()] : []);
    }

    private DeployedWorkflowSettings ReadWorkflow(string name, LocatedJson json)
    {
        var what = $"the workflow '{name}' of 'deployment'";
        var members = Object(json, what, s_workflowKeys);
        var runs = members.TryGetValue("runs", out var count) ? Amount(count, $"'runs' of {what}") : 1;
        var accuracy = members.TryGetValue("minAccuracy", out var least) ? Amount(least, $"'minAccuracy' of {what}") : 0;
        return runs <= 0 ? throw Fail(count!.Line, $"'runs' of {what} is {count.Text}; write a number above 0")
            : accuracy > 1 ? throw Fail(least!.Line, $"'minAccuracy' of {what} is {least.Text}; write a number from 0 to 1")
            : new DeployedWorkflowSettings(name, runs, accuracy, members.TryGetValue("maxLatency", out var most) ? Amount(most, $"'maxLatency' of {what}") : double.PositiveInfinity);
    }

    private decimal Memory(LocatedJson json, string what) => json.Kind == JsonTokenType.Number
        && decimal.TryParse(json.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= MaxGiB
        ? value
        : throw Fail(json.Line, $"{what} is {(json.Kind == JsonTokenType.Number ? json.Text : json.Description)}; write GiB, a number from 0 to a million");

    private string NameOf(LocatedJson owner, string name, string kind, IReadOnlyCollection<string> known) => known.Contains(name)
        ? name
        : throw Fail(
            owner.Members.First(member => member.Name == name).Line,
            $"'deployment' names the {kind} '{name}', which is not under '{kind}s'; {(known.Count == 0 ? "there is none" : NearestName.Suggest(name, known))}");
}
