using System.Text.Json;
using System.Text.Json.Nodes;
using FlowCompile.Compilation;
using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Tool.Output;

/// <summary>A compiled plan for scripts: the content of the plan file, and the baselines beside it.</summary>
internal static class PlanJson
{
    public static void Write(CompiledFrontier compiled, WorkflowGraph graph)
    {
        var plan = JsonNode.Parse(PlanFile.Serialize(compiled.Plan, graph))!.AsObject();
        plan["baselines"] = JsonSerializer.SerializeToNode(Baselines(compiled.Baselines, graph), JsonOutput.Options);
        plan["unmeasuredBaselines"] = JsonSerializer.SerializeToNode(Unmeasured(compiled.UnmeasuredBaselines), JsonOutput.Options);
        Terminal.Json(plan.ToJsonString(JsonOutput.Options));
    }

    /// <summary>Baselines with their kinds as words.</summary>
    public static IEnumerable<object> Baselines(IReadOnlyList<Baseline> baselines, WorkflowGraph graph) => baselines.Select(one => new
    {
        Kind = JsonNamingPolicy.CamelCase.ConvertName(one.Kind.ToString()),
        Configuration = one.Configuration.ToText(graph),
        Estimate = JsonOutput.Of(one.Configuration.Estimate),
    });

    /// <summary>The baselines that are not known, with what would have to be measured.</summary>
    public static IEnumerable<object> Unmeasured(IReadOnlyList<UnmeasuredBaseline> baselines) => baselines.Select(one => new
    {
        Kind = JsonNamingPolicy.CamelCase.ConvertName(one.Kind.ToString()),
        Missing = one.Missing.Select(missing => new
        {
            SubAgent = missing.Node,
            Setting = missing.Setting.ToString(),
            Cause = JsonNamingPolicy.CamelCase.ConvertName(missing.Cause.ToString()),
        }),
    });
}
