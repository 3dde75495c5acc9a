using System.Reflection;
using System.Text;
using FlowCompile.Compilation;
using FlowCompile.Plans;
using FlowCompile.Profiling;
using FlowCompile.Tool.Output;
using FlowCompile.Tool.Projects;

namespace FlowCompile.Tool.Commands;

/// <summary>What <c>profile</c> ends with and <c>compile</c> consists of: a profile becomes a plan file and a table of the frontier.</summary>
internal static class PlanCompilation
{
    public static void CompileAndShow(
        WorkflowSession session, WorkflowDescriptor descriptor, ProfileSummary summary, string path, bool json, CancellationToken cancellationToken)
    {
        foreach (var node in summary.Rows.Where(row => row.Accuracy.Count == 0).GroupBy(row => row.Node))
        {
            Results.Warning($"{descriptor.Graph.Name}: {node.Key} is left out under {string.Join(", ", node.Select(row => row.Setting))}, where no call was measured.");
        }

        foreach (var row in summary.Rows.Where(row => row is { IsLeftOut: true, Accuracy.Count: > 0 }))
        {
            Results.Warning(
                $"{descriptor.Graph.Name}: {row.Node} is left out under {row.Setting}, where {Results.Count(row.Failures)} of {Results.Count(row.Measured)} calls failed; 'flowcompile profile --retry-failures' makes them again.");
        }

        if (!summary.IsComplete)
        {
            Results.Warning(
                $"{descriptor.Graph.Name}: the profile is partial, {Results.Count(summary.Outcomes.Count)} of {Results.Count(summary.Planned)} cells; 'flowcompile profile' measures the rest.");
        }

        var section = session.Settings.GetWorkflow(descriptor.Graph.Name);
        var options = new CompileOptions { Schedule = ScheduleNames.Parse(section.Schedule), Proxy = ProxyNames.Parse(section.Proxy) };
        var compiled = FlowCompiler.Compile(ProfileTable.From(descriptor.Graph, summary), options, ProvenanceOf(summary), cancellationToken);
        var changed = PlanFile.Write(path, compiled.Plan, descriptor.Graph);
        if (json)
        {
            Console.Out.Write(Encoding.UTF8.GetString(PlanFile.Serialize(compiled.Plan, descriptor.Graph)));
            return;
        }

        Results.Heading(FormattableString.Invariant(
            $"{descriptor.Graph.Name}: {compiled.Plan.Configurations.Count} of {compiled.Configurations:N0} configurations are on the frontier"));
        PlanTable.Write(compiled.Plan, descriptor.Graph);
        JudgeText.Write(summary.Manifest.Judge, summary.JudgeAgreement);
        Results.Line($"{Path.GetRelativePath(Environment.CurrentDirectory, path)} {(changed ? "is written; build the project to use it" : "was up to date")}.");
    }

    private static PlanProvenance ProvenanceOf(ProfileSummary summary) => new()
    {
        ToolVersion = ToolVersion(),
        ProfileHash = summary.ProfileHash,
        CasesHash = summary.Manifest.CasesHash,
        Cases = summary.Manifest.Cases,
        Seed = summary.Manifest.Seed,
        Models = summary.Manifest.Models.ToDictionary(model => model.Name, model => model.Identity, StringComparer.Ordinal),
        Hardware = FormattableString.Invariant($"{summary.Manifest.Machine}, {summary.Manifest.Concurrency} calls at once"),
    };

    // Without the commit that a build appends: two builds of one version give the same plan.
    private static string ToolVersion() =>
        typeof(PlanCompilation).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
