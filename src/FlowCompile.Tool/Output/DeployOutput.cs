using FlowCompile.Deployment;

namespace FlowCompile.Tool.Output;

/// <summary>Shows the frontier of deployments.</summary>
internal static class DeployOutput
{
    public static void WriteText(DeployReport report)
    {
        var hasSpending = report.Deployments.Any(pair => pair.Deployment.Spending > 0);
        Results.Heading($"{ShownText.Join(", ", report.Workflows.Select(workflow => workflow.Name))}: {report.Deployments.Count} deployments within the limits");
        Results.Table(
            ["", ">accuracy", ">latency", .. hasSpending ? (ShownText[])[">spending"] : Array.Empty<ShownText>(), "models", .. report.Workflows.Select(workflow => workflow.Name)],
            report.Deployments.Select(pair => (IReadOnlyList<ShownText>)
            [
                pair.Id,
                Results.Share(pair.Deployment.Accuracy),
                Results.Milliseconds(pair.Deployment.LatencySeconds),
                .. hasSpending ? (ShownText[])[Results.Amount(pair.Deployment.Spending)] : Array.Empty<ShownText>(),
                ShownText.Join(", ", pair.Deployment.Models.Select(model => Place(pair.Deployment, model))),
                .. pair.Deployment.Configurations.Select(one => one.Id),
            ]));
        if (report.Workflows.Count > 1)
        {
            Results.Line("Accuracy and latency are means over all runs of all workflows.");
        }

        foreach (var (graph, baselines) in report.Baselines)
        {
            if (report.Workflows.Count > 1)
            {
                Results.Heading(graph.Name);
            }

            BaselineTable.Write(baselines, graph);
        }
    }

    public static void WriteJson(DeployReport report) => JsonOutput.Write(new
    {
        Deployments = report.Deployments.Select(pair => new
        {
            pair.Id,
            pair.Deployment.Accuracy,
            pair.Deployment.LatencySeconds,
            pair.Deployment.Spending,
            pair.Deployment.Models,
            Gpus = pair.Deployment.Placement,
            Configurations = pair.Deployment.Configurations.Select((one, w) => new
            {
                Workflow = report.Workflows[w].Name,
                report.Workflows[w].Runs,
                Configuration = one.Id,
                Estimate = JsonOutput.Of(one.Estimate),
            }),
        }),
        Baselines = report.Baselines.ToDictionary(pair => pair.Graph.Name, pair => PlanJson.Baselines(pair.Baselines.Known, pair.Graph)),
        UnmeasuredBaselines = report.Baselines.ToDictionary(pair => pair.Graph.Name, pair => PlanJson.Unmeasured(pair.Baselines.Unmeasured)),
    });

    private static ShownText Place(DeploymentChoice deployment, string model) => deployment.Placement.TryGetValue(model, out var gpu) ? (ShownText)$"{model} on {gpu}" : model;
}
