using System.Globalization;
using System.Text.Json;
using FlowCompile.Graph;

namespace FlowCompile.Compilation.Benchmarks;

/// <summary>The published system's workflow for mathematics with the profile that makes 28 million configurations after pruning.</summary>
internal static class PublishedMath
{
    public static ProfileTable Read()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "math_s1.json")));
        return new ProfileTable(Graph(), json.RootElement.GetProperty("profile").EnumerateObject().ToDictionary(
            agent => agent.Name, agent => (IReadOnlyList<SettingProfile>)[.. agent.Value.EnumerateArray().Select(Row)]));
    }

    private static SettingProfile Row(JsonElement row)
    {
        var setting = row.GetProperty("setting").GetString()!.Split("_budget_");
        return new SettingProfile(
            new Setting(setting[0], int.Parse(setting[1], CultureInfo.InvariantCulture)),
            row.GetProperty("accuracy").GetDouble(), row.GetProperty("latency").GetDouble(), 0, 1);
    }

    public static WorkflowGraph Graph()
    {
        var problem = GraphInput.FromWorkflow("problem", "string");
        GraphNode Agent(string name, params GraphInput[] inputs) => new(name, NodeKind.SubAgent, "string", [problem, .. inputs]);
        GraphNode Optional(string name, params GraphInput[] inputs) => new(name, NodeKind.SubAgent, "string", [problem, .. inputs]) { IsOptional = true };
        return new WorkflowGraph(
            "math",
            [
                Agent("programmer"),
                Optional("refine_solver", GraphInput.FromUpstream("program", "string", "programmer")),
                Optional("detailed_solver"),
                new GraphNode("generate_solver", NodeKind.SubAgent, "string", [problem]) { MinReplicas = 0, MaxReplicas = 2 },
                Agent("sc_ensemble", GraphInput.FromCandidates("candidates", "string", ["refine_solver", "detailed_solver", "generate_solver"], 2)),
            ],
            "sc_ensemble");
    }
}
