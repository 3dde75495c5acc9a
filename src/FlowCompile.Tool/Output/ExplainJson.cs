using System.Text.Json;
using FlowCompile.Compilation;
using FlowCompile.Graph;
using FlowCompile.Plans;

namespace FlowCompile.Tool.Output;

/// <summary>An explanation for scripts.</summary>
internal static class ExplainJson
{
    public static void Write(ExplainReport report)
    {
        var plan = report.Compiled.Plan;
        if (report.Asked is { } asked)
        {
            JsonOutput.Write(new { plan.Workflow, plan.Proxy, plan.Schedule, Explanation = Explanation(asked, report.Graph) });
            return;
        }

        JsonOutput.Write(new
        {
            plan.Workflow,
            plan.Proxy,
            plan.Schedule,
            plan.Objectives,
            report.Compiled.AccuracyLoss,
            report.Compiled.Structures,
            OutOf = report.Compiled.Configurations,
            Passes = FlowCompiler.Passes.Select(pass => new
            {
                Pass = pass,
                Steps = report.Compiled.Steps.Where(step => step.Pass == pass).Select(step => new { step.Subject, step.Text }),
            }),
            Configurations = plan.Configurations.Select(one => Configuration(one, report.Graph, report.Explainer.SensitivitiesOf(one))),
            Baselines = PlanJson.Baselines(report.Compiled.Baselines, report.Graph),
            UnmeasuredBaselines = PlanJson.Unmeasured(report.Compiled.UnmeasuredBaselines),
        });
    }

    private static object Explanation(ConfigurationExplanation asked, WorkflowGraph graph) => new
    {
        asked.Text,
        Verdict = JsonNamingPolicy.CamelCase.ConvertName(asked.Verdict.ToString()),
        Id = asked.Verdict == ConfigurationVerdict.OnFrontier ? asked.Configuration!.Id : null,
        asked.Reasons,
        Estimate = JsonOutput.Of(asked.Configuration?.Estimate),
        DominatedBy = asked.DominatedBy.Select(one => new
        {
            one.By.Id,
            Configuration = one.By.ToText(graph),
            one.AccuracyGain,
            one.SecondsSaved,
            one.CostSaved,
            one.JoulesSaved,
        }),
        Sensitivities = asked.Sensitivities.Select(Sensitivity),
    };

    private static object Configuration(WorkflowConfiguration one, WorkflowGraph graph, IReadOnlyList<SubAgentSensitivity> sensitivities) => new
    {
        one.Id,
        Configuration = one.ToText(graph),
        Estimate = JsonOutput.Of(one.Estimate),
        Sensitivities = sensitivities.Select(Sensitivity),
    };

    private static object Sensitivity(SubAgentSensitivity one) => new
    {
        one.SubAgent,
        Setting = one.Setting.ToString(),
        one.Calls,
        one.Accuracy,
        one.LatencySeconds,
        one.AccuracyPerPoint,
        one.LatencyPerSecond,
    };
}
