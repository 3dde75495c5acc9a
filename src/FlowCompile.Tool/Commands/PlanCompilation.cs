using System.Reflection;
using FlowCompile.Compilation;
using FlowCompile.Plans;
using FlowCompile.Profiling;
using FlowCompile.Settings;
using FlowCompile.Tool.Output;
using FlowCompile.Tool.Projects;

namespace FlowCompile.Tool.Commands;

/// <summary>What <c>profile</c> ends with and <c>compile</c> consists of: a profile becomes a plan file and a table of the frontier.</summary>
internal static class PlanCompilation
{
    public static void CompileAndShow(
        WorkflowSession session, WorkflowDescriptor descriptor, ProfileSummary summary, string path, bool keepAll, bool json, CancellationToken cancellationToken)
    {
        var compiled = Compile(session, descriptor, summary, keepAll, cancellationToken).Frontier;
        var (plan, changed) = PlanTarget.Write(path, compiled.Plan, descriptor.Graph);
        compiled = compiled with { Plan = plan };
        if (json)
        {
            PlanJson.Write(compiled, descriptor.Graph);
            return;
        }

        Results.Heading($"{descriptor.Graph.Name}: {compiled.Plan.Configurations.Count} of {compiled.Configurations:N0} configurations are on the frontier");
        PlanTable.Write(compiled.Plan, descriptor.Graph);
        FoldedText.Write(compiled);
        BaselineTable.Write(BaselineReport.Of(compiled), descriptor.Graph);
        VerificationText.Write(compiled.Plan.Verification);
        JudgeText.Write(summary.Manifest.Judge, summary.JudgeAgreement);
        Results.Line($"{Path.GetRelativePath(Environment.CurrentDirectory, path)} {(changed ? "is written; build the project to use it" : "was up to date")}.");
    }

    /// <summary>Compiles a measured profile as <c>flowcompile.json</c> says, with warnings of what it lacks.</summary>
    public static CompiledProfile Compile(WorkflowSession session, WorkflowDescriptor descriptor, ProfileSummary summary, bool keepAll, CancellationToken cancellationToken)
    {
        var table = Read(session, descriptor, summary);
        var options = CompileOptions.From(session.Settings.GetWorkflow(descriptor.Graph.Name));
        options = options with { KeepAll = keepAll || options.KeepAll };
        return new CompiledProfile(table, options, FlowCompiler.Compile(table, options, ProvenanceOf(summary), cancellationToken));
    }

    /// <summary>Takes from a measured profile what the code and <c>flowcompile.json</c> allow today, with warnings of what it lacks and what is left out.</summary>
    public static ProfileTable Read(WorkflowSession session, WorkflowDescriptor descriptor, ProfileSummary summary)
    {
        var name = descriptor.Graph.Name;
        var table = ProfileTable.From(descriptor.Graph, summary, new SettingSpace(descriptor, session.Settings));
        Warn(name, summary, [.. summary.Rows.Where(row => !table.Disallowed.Contains((row.Node, row.Setting)))]);
        foreach (var node in table.Disallowed.GroupBy(one => one.Node))
        {
            Results.Warning($"{name}: {node.Key} is left out under {ShownText.Join(", ", node.Select(one => one.Setting))}, which the code or {ProjectSettings.FileName} allows no longer.");
        }

        foreach (var node in table.Incomplete.Where(one => one.Cause == IncompleteCause.Missing).GroupBy(one => one.Node))
        {
            Results.Warning($"{name}: {node.Key} is not measured yet under {ShownText.Join(", ", node.Select(one => one.Setting))}; 'flowcompile profile' measures that.");
        }

        return table;
    }

    /// <summary>Says what a profile lacks of the settings that are allowed today.</summary>
    private static void Warn(string workflow, ProfileSummary summary, IReadOnlyList<SettingSummary> allowed)
    {
        foreach (var node in allowed.Where(row => row is { IsLeftOut: false, Accuracy.Count: 0 }).GroupBy(row => row.Node))
        {
            Results.Warning($"{workflow}: {node.Key} is left out under {ShownText.Join(", ", node.Select(row => row.Setting))}, where no call was measured.");
        }

        // One cause is one line, however many settings it struck.
        foreach (var cause in allowed.Where(row => row.IsLeftOut).GroupBy(row => row.FirstError))
        {
            var settings = ShownText.Join("; ", cause.GroupBy(row => row.Node).Select(node => (ShownText)$"{node.Key} is left out under {ShownText.Join(", ", node.Select(row => row.Setting))}"));
            Results.Warning(
                $"{workflow}: {settings}, where {Results.Count(cause.Sum(row => row.Failures))} of {Results.Count(cause.Sum(row => row.Measured))} calls failed; 'flowcompile profile --retry-failures' makes them again.");
        }

        if (!summary.IsComplete)
        {
            Results.Warning(
                $"{workflow}: the profile is partial, {Results.Count(summary.Outcomes.Count)} of {Results.Count(summary.Planned)} cells; 'flowcompile profile' measures the rest.");
        }
    }

    /// <summary>Where a plan that is compiled from a profile comes from.</summary>
    public static PlanProvenance ProvenanceOf(ProfileSummary summary) => new()
    {
        ToolVersion = ToolVersion(),
        ProfileHash = summary.ProfileHash,
        CasesHash = summary.Manifest.CasesHash,
        Cases = summary.Manifest.Settled?.Cases ?? summary.Manifest.Cases,
        Seed = summary.Manifest.Seed,
        Models = summary.Manifest.Models.ToDictionary(model => model.Name, model => OutsideText.Visible(model.Identity), StringComparer.Ordinal),
        Hardware = OutsideText.Visible(HardwareOf(summary)),
        Concurrency = summary.Outcomes.Where(one => !one.Outcome.IsBatched).Select(one => one.Outcome.Concurrency).Distinct().Take(2).ToList() is [var calls] ? calls : null,
        UntimedCalls = summary.UntimedCalls is > 0 and var untimed ? untimed : null,
    };

    // How many calls run at once decides latencies as much as the machine does.
    private static string HardwareOf(ProfileSummary summary) => string.Join("; ", CallSlots.Of(summary.Manifest).Places
        .Select(place => FormattableString.Invariant($"{place.Calls} calls at once on {place.Place}"))
        .Prepend(string.Join(" and ", summary.Outcomes.Select(one => one.Outcome.Machine).Distinct().Order(StringComparer.Ordinal))));

    // Without the commit that a build appends: two builds of one version give the same plan.
    private static string ToolVersion() =>
        typeof(PlanCompilation).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
