using System.Globalization;
using System.Text.Json.Nodes;
using FlowCompile.Generators.Tests.Harness;

namespace FlowCompile.Generators.Tests.Hostile;

/// <summary>Every text of a plan and of <c>flowcompile.json</c> that the generator reads, each to be filled in.</summary>
internal static class TextFields
{
    private const string Mark = "THE-TEXT";

    /// <summary>The plan's fields by name.</summary>
    public static IReadOnlyDictionary<string, Func<string, string>> Plan { get; } = Of(
        Sources.Read("tests", "FlowCompile.Generators.Tests", "Plans", "math.flowplan.json"),
        new()
        {
            ["workflow"] = plan => plan["workflow"] = Mark,
            ["graphHash"] = plan => plan["graphHash"] = Mark,
            ["proxy"] = plan => plan["proxy"] = Mark,
            ["schedule"] = plan => plan["schedule"] = Mark,
            ["objective"] = plan => plan["objectives"] = new JsonArray("accuracy", Mark),
            ["toolVersion"] = plan => Provenance(plan)["toolVersion"] = Mark,
            ["profileHash"] = plan => Provenance(plan)["profileHash"] = Mark,
            ["casesHash"] = plan => Provenance(plan)["casesHash"] = Mark,
            ["hardware"] = plan => Provenance(plan)["hardware"] = Mark,
            ["name of a model"] = plan => Provenance(plan)["models"] = new JsonObject { [Mark] = "x" },
            ["identity of a model"] = plan => Provenance(plan)["models"] = new JsonObject { ["x"] = Mark },
            ["id"] = plan => First(plan)["id"] = Mark,
            ["name"] = plan => First(plan)["name"] = Mark,
            ["node of a count"] = plan => First(plan)["counts"]![Mark] = 1,
            ["node of a setting"] = plan => First(plan)["settings"]![Mark] = "m@0",
            ["model of a setting"] = plan => ReplaceFirst(First(plan)["settings"]!.AsObject(), Mark + "@0"),
            ["node of a cell"] = plan => plan["cells"] = new JsonObject { [Mark] = new JsonObject { ["m@0"] = new JsonObject { ["latencySeconds"] = 1 } } },
            ["model of a cell"] = plan => plan["cells"] = new JsonObject { [First(plan)["settings"]!.AsObject().First().Key] = new JsonObject { [Mark + "@0"] = new JsonObject { ["latencySeconds"] = 1 } } },
        });

    /// <summary>The fields of the settings by name.</summary>
    public static IReadOnlyDictionary<string, Func<string, string>> Settings { get; } = Of(
        """{ "models": { "a": { "onnx": "x" } }, "budgets": [0], "workflows": { "math": { "cases": "c", "reference": "a@0" } } }""",
        new()
        {
            ["name of a model"] = settings => settings["models"] = new JsonObject { [Mark] = new JsonObject { ["onnx"] = "x" } },
            ["name of a workflow"] = settings => settings["workflows"]![Mark] = new JsonObject { ["cases"] = "c", ["reference"] = "a@0" },
            ["model of a reference"] = settings => settings["workflows"]!["math"]!["reference"] = Mark + "@0",
        });

    /// <summary>The fields that name nothing else, so that any text fits.</summary>
    public static IReadOnlyList<string> Free { get; } =
        ["proxy", "schedule", "objective", "toolVersion", "profileHash", "casesHash", "hardware", "name of a model", "identity of a model", "id", "name", "model of a setting", "model of a cell"];

    private static Dictionary<string, Func<string, string>> Of(string json, Dictionary<string, Action<JsonObject>> edits) => edits.ToDictionary(
        edit => edit.Key,
        edit =>
        {
            var document = JsonNode.Parse(json)!.AsObject();
            edit.Value(document);
            var written = document.ToJsonString();
            Assert.Contains(Mark, written, StringComparison.Ordinal);
            return (Func<string, string>)(text => written.Replace(Mark, Escaped(text), StringComparison.Ordinal));
        });

    // Escaped throughout: so every character reaches the reader, halves of pairs included.
    private static string Escaped(string text) => string.Concat(text.Select(c => "\\u" + ((int)c).ToString("X4", CultureInfo.InvariantCulture)));

    private static JsonObject Provenance(JsonObject plan) => plan["provenance"]!.AsObject();

    private static JsonObject First(JsonObject plan) => plan["configurations"]![0]!.AsObject();

    private static void ReplaceFirst(JsonObject json, string text) => json[json.First().Key] = text;
}
