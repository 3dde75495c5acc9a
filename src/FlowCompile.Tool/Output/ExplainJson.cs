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
            plan.FoldedLoss,
            Folded = report.Compiled.Folded.Select(one => Folded(one, report.Graph)),
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
        Id = asked.Verdict is ConfigurationVerdict.OnFrontier or ConfigurationVerdict.Folded ? asked.Configuration!.Id : null,
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
            Difference = Difference(one.Difference),
            IsMoreAccurateByNoiseOnly = one.Difference is null ? (bool?)null : one.IsMoreAccurateByNoiseOnly,
        }),
        FoldedInto = asked.Folded is { } folded ? new { folded.Into.Id, Configuration = folded.Into.ToText(graph), Difference = Difference(folded.Difference) } : null,
        StandsFor = asked.StandsFor.Select(one => Folded(one, graph)),
        BeatsByNoise = asked.BeatsByNoise is { } rival
            ? new { Configuration = rival.Configuration.ToText(graph), Estimate = JsonOutput.Of(rival.Configuration.Estimate), Difference = Difference(rival.Difference) }
            : null,
        Sensitivities = asked.Sensitivities.Select(Sensitivity),
    };

    private static object Folded(FoldedConfiguration one, WorkflowGraph graph) => new
    {
        one.Configuration.Id,
        Into = one.Into.Id,
        Configuration = one.Configuration.ToText(graph),
        Estimate = JsonOutput.Of(one.Configuration.Estimate),
        Difference = Difference(one.Difference),
    };

    private static object? Difference(AccuracyDifference? difference) =>
        difference is null ? null : new { difference.Mean, difference.Low, difference.High, difference.IsToldApart };

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
