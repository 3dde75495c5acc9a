using System.Text.Json;
using System.Text.Json.Nodes;
using FlowCompile.Plans;
using FlowCompile.Tests.Graph;
using Json.Schema;

namespace FlowCompile.Tests.Plans;

/// <summary>The documented schema and the format are one: what is written keeps to it, and what it refuses the reader refuses too.</summary>
public sealed class PlanSchemaTests
{
    private static readonly JsonSchema s_schema = JsonSchema.FromText(File.ReadAllText(PathOf("flowplan.schema.json")));

    [Fact]
    public void A_written_plan_keeps_to_the_schema() => AssertValid(PlanFile.Serialize(Plans.Math(Graphs.Math()), Graphs.Math()));

    [Theory]
    [InlineData("WordMath.flowplan.json")]
    [InlineData("code.flowplan.json")]
    public void A_plan_of_the_repository_keeps_to_the_schema(string file) => AssertValid(File.ReadAllBytes(PathOf(file)));

    [Theory]
    [InlineData("version")]
    [InlineData("workflow")]
    [InlineData("graphHash")]
    [InlineData("proxy")]
    [InlineData("schedule")]
    [InlineData("configurations")]
    [InlineData("provenance/hardware")]
    [InlineData("provenance/models")]
    [InlineData("cells/Select/nano@8/latencySeconds")]
    [InlineData("configurations/0/id")]
    [InlineData("configurations/0/counts")]
    [InlineData("configurations/0/settings")]
    [InlineData("configurations/0/estimate")]
    [InlineData("configurations/0/estimate/accuracy")]
    [InlineData("configurations/0/estimate/latencySeconds")]
    public void What_is_required_by_the_schema_is_required_by_the_reader(string path)
    {
        var plan = Written();
        Remove(plan, path);
        AssertRefusedByBoth(plan);
    }

    [Theory]
    [InlineData("version", "3")]
    [InlineData("workflow", "\"\"")]
    [InlineData("accuracyLoss", "1.5")]
    [InlineData("folded", "0")]
    [InlineData("folded", "1.5")]
    [InlineData("foldedLoss", "1.5")]
    [InlineData("objectives", "\"accuracy\"")]
    [InlineData("configurations", "[]")]
    [InlineData("provenance/concurrency", "0")]
    [InlineData("provenance/untimedCalls", "0")]
    [InlineData("provenance/seed", "1.5")]
    [InlineData("cells/Select/nano@8/latencyP95Seconds", "-1")]
    [InlineData("configurations/0/settings/DetailedSolver", "\"nano\"")]
    [InlineData("configurations/0/counts/DetailedSolver", "-1")]
    [InlineData("configurations/0/estimate/accuracy", "1.01")]
    [InlineData("configurations/1/estimate/recordedAccuracy", "1.01")]
    [InlineData("configurations/0/estimate/latencySeconds", "-1")]
    [InlineData("configurations/0/estimate/energyJoules", "\"none\"")]
    [InlineData("configurations/1/estimate/accuracyInterval", "[0.1]")]
    [InlineData("configurations/1/estimate/rightLatencySeconds", "[0.1]")]
    [InlineData("configurations/1/estimate/rightLatencySeconds", "[-1, 1]")]
    [InlineData("verification", "{}")]
    [InlineData("verification", "{\"runs\": -1, \"cases\": 1, \"difference\": 0}")]
    [InlineData("verification", "{\"runs\": 1, \"cases\": 1, \"difference\": 1.5}")]
    [InlineData("verification", "{\"runs\": 1, \"cases\": 1, \"difference\": 0, \"differenceInterval\": [0]}")]
    [InlineData("verification", "{\"runs\": 1, \"cases\": 1, \"difference\": 0, \"confirmed\": 1}")]
    [InlineData("verification", "{\"runs\": 1, \"cases\": 1, \"difference\": 0, \"structures\": [{\"structure\": \"\"}]}")]
    [InlineData("verification", "{\"runs\": 1, \"cases\": 1, \"difference\": 0, \"latency\": {\"ratio\": 1, \"spread\": 1, \"configurations\": 1}}")]
    public void What_the_schema_refuses_the_reader_refuses(string path, string value)
    {
        var plan = Written();
        Set(plan, path, JsonNode.Parse(value));
        AssertRefusedByBoth(plan);
    }

    [Fact]
    public void Every_member_that_is_written_is_documented()
    {
        var schema = JsonNode.Parse(File.ReadAllText(PathOf("flowplan.schema.json")))!;
        Assert.Equal(PlanFormat.PlanMembers.Append(PlanFormat.Schema).Order(), Members(schema["properties"]));
        Assert.Equal(PlanFormat.ProvenanceMembers.Order(), Members(schema["$defs"]!["provenance"]!["properties"]));
        Assert.Equal(PlanFormat.CellMembers.Order(), Members(schema["$defs"]!["cell"]!["properties"]));
        Assert.Equal(PlanFormat.ConfigurationMembers.Order(), Members(schema["$defs"]!["configuration"]!["properties"]));
        Assert.Equal(PlanFormat.EstimateMembers.Order(), Members(schema["$defs"]!["estimate"]!["properties"]));
    }

    private static IEnumerable<string> Members(JsonNode? properties) => properties!.AsObject().Select(member => member.Key).Order();

    private static JsonObject Written() => JsonNode.Parse(PlanFile.Serialize(Plans.Math(Graphs.Math()), Graphs.Math()))!.AsObject();

    private static void AssertValid(byte[] plan) => Assert.True(IsValid(JsonNode.Parse(plan)!), "The plan breaks the schema.");

    private static void AssertRefusedByBoth(JsonObject plan)
    {
        Assert.False(IsValid(plan));
        Assert.Throws<PlanException>(() => PlanFile.ParseDocument(JsonSerializer.SerializeToUtf8Bytes(plan), "plan.json"));
    }

    private static bool IsValid(JsonNode plan) => s_schema.Evaluate(JsonSerializer.SerializeToElement(plan)).IsValid;

    private static void Remove(JsonObject plan, string path) => Assert.True(Parent(plan, path).AsObject().Remove(path.Split('/')[^1]));

    private static void Set(JsonObject plan, string path, JsonNode? value) => Parent(plan, path).AsObject()[path.Split('/')[^1]] = value;

    private static JsonNode Parent(JsonObject plan, string path) => path.Split('/')[..^1]
        .Aggregate((JsonNode)plan, (node, part) => int.TryParse(part, out var index) ? node[index]! : node[part]!);

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "plans", file);
}
