using System.CommandLine;
using System.Globalization;
using FlowCompile.Compilation;
using FlowCompile.Deployment;
using FlowCompile.Profiling;
using FlowCompile.Tool.Output;
using FlowCompile.Tool.Projects;

namespace FlowCompile.Tool.Commands;

/// <summary>
/// <c>flowcompile deploy</c>: the frontier of deployments of all workflows together that keep the limits of <c>flowcompile.json</c>. A verb of
/// its own, for it decides over several workflows at once and is the only one that loads OR-Tools.
/// </summary>
internal static class DeployCommand
{
    public static Command Create()
    {
        var project = new ProjectOptions();
        var store = CommonOptions.Store();
        var step = LimitOptions.Number<double>(
            "--accuracy-step", "Leave out deployments that gain less than this over a faster one; 0 shows all.", "points", 0, "a number from 0 to 1", most: 1);
        step.DefaultValueFactory = _ => 0.005;
        var write = new Option<string?>("--write") { Description = "Write the plans of all workflows, compiled on the models of this deployment alone.", HelpName = "id" };
        var json = CommonOptions.Json();
        var command = new Command("deploy", "Find what to deploy within limits on all workflows together: models, GPU memory, spending.")
        {
            project, store, step, write, json,
        };
        command.SetProjectRunner(project, async (session, result, cancellationToken) =>
        {
            var settings = session.Settings.Deployment ?? throw new ToolException(
                $"{session.Settings.File}: it has no section 'deployment'; say there what to keep to, for example \"deployment\": {{ \"maxModels\": 2 }}.");
            var limits = DeploymentLimits.From(settings);
            List<Profiled> profiled = [.. session.Workflows.Select(descriptor => Read(session, descriptor, result.GetValue(store)))];
            List<DeploymentWorkflow> workflows = [.. profiled.Select(one => DeploymentWorkflow.From(
                one.Descriptor.Graph.Name, DeploymentCandidates.Compile(one.Table, limits, one.Options, cancellationToken), settings))];
            var frontier = await FindAsync(workflows, limits, result.GetValue(step), cancellationToken);
            var report = new DeployReport([.. frontier.Select((one, i) => (IdOf(i, frontier.Count), one))], workflows, [.. profiled.Select(one => (one.Descriptor.Graph, BaselinesOf(one)))]);
            if (result.GetValue(json))
            {
                DeployOutput.WriteJson(report);
            }
            else
            {
                DeployOutput.WriteText(report);
            }

            if (result.GetValue(write) is { } id)
            {
                var models = Chosen(report, id).Models;

                // All of them or none.
                foreach (var one in profiled)
                {
                    PlanTarget.Check(session.PlanPath(one.Descriptor, null));
                }

                foreach (var one in profiled)
                {
                    Write(session, one, models, quiet: result.GetValue(json), cancellationToken);
                }
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<IReadOnlyList<DeploymentChoice>> FindAsync(
        IReadOnlyList<DeploymentWorkflow> workflows, DeploymentLimits limits, double step, CancellationToken cancellationToken)
    {
        try
        {
            return await new DeploymentSolver().FindFrontierAsync(workflows, limits, step, cancellationToken);
        }
        catch (DeploymentException error) when (error.IsNotInstalled)
        {
            throw new ToolException(ShownText.OfMessage(error.Message), ExitCode.NotInstalled, error);
        }
    }

    private static Profiled Read(WorkflowSession session, WorkflowDescriptor descriptor, string? store)
    {
        var summary = session.ReadProfile(descriptor, store);
        var table = PlanCompilation.Read(session, descriptor, summary);
        PlanSettings.Warn(session.PlanPath(descriptor, null), session, descriptor);
        if (summary.Manifest.Dropped.Count > 0)
        {
            Results.Warning(
                $"{descriptor.Graph.Name}: {summary.Manifest.Dropped.Count} settings that a race dropped may be what a deployment within limits needs; 'flowcompile profile --exhaustive' measures them.");
        }

        return new Profiled(
            descriptor, summary, table, CompileOptions.From(session.Settings.GetWorkflow(descriptor.Graph.Name)));
    }

    // A preference still chooses among several at run time: every configuration on these models is a candidate.
    private static void Write(WorkflowSession session, Profiled profiled, IReadOnlyList<string> models, bool quiet, CancellationToken cancellationToken)
    {
        var graph = profiled.Descriptor.Graph;
        var compiled = FlowCompiler.Compile(
            DeploymentCandidates.Restrict(profiled.Table, models), profiled.Options, PlanCompilation.ProvenanceOf(profiled.Summary), cancellationToken);
        var path = session.PlanPath(profiled.Descriptor, null);
        var (plan, _) = PlanTarget.Write(path, compiled.Plan, graph);
        if (!quiet)
        {
            Results.Heading($"{graph.Name}: {plan.Configurations.Count} configurations on {ShownText.Join(", ", models)}");
            PlanTable.Write(plan, graph);

            // Of all models: the best of those that are deployed is not what somebody would choose.
            BaselineTable.Write(BaselinesOf(profiled), graph);
            Results.Line($"{Path.GetRelativePath(Environment.CurrentDirectory, path)} is written; build the project to use it.");
        }
    }

    private static BaselineReport BaselinesOf(Profiled one) => BaselineReport.Of(one.Table, one.Options.Proxy == ProxyKind.Paired && one.Table.Recorded is { } recorded
        ? new PairedProxy(recorded, one.Options.Schedule, one.Options.Branches)
        : new IndependentProxy(one.Table, one.Options.Schedule, one.Options.Branches));

    private static DeploymentChoice Chosen(DeployReport report, string id) => report.Deployments.FirstOrDefault(pair => pair.Id == id).Deployment
        ?? throw new ToolException($"There is no deployment '{id}' to write; there are {report.Deployments[0].Id} to {report.Deployments[^1].Id}.");

    private static string IdOf(int index, int count) =>
        "d" + (index + 1).ToString(count < 100 ? "D2" : "D3", CultureInfo.InvariantCulture);

    private sealed record Profiled(WorkflowDescriptor Descriptor, ProfileSummary Summary, ProfileTable Table, CompileOptions Options);
}
