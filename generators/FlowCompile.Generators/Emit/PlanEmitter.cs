using FlowCompile.Generators.Model;
using FlowCompile.Generators.Plans;

namespace FlowCompile.Generators.Emit;

/// <summary>Emits <c>Plan</c>: the configurations as static data.</summary>
internal static class PlanEmitter
{
    private static readonly string[] s_members = ["Plan", "Fastest", "MostAccurate", "Compiled", "Configurations", "Select", "Graph", "Equals", "ReferenceEquals", "ToString"];

    public static string Emit(WorkflowSpec workflow, BoundPlan plan) => GeneratedPart.Write(workflow.Type, writer =>
    {
        var (fastest, best) = (plan.Configurations[0], MostAccurate(plan));
        var isData = PlanDataEmitter.IsFor(plan);
        writer.Line($"/// <summary>The configurations compiled for the workflow: {Literals.Number(plan.Configurations.Count)}, "
            + $"from {Summary(fastest)} to {Summary(best)}.</summary>");
        writer.Line($"/// <remarks>From <c>{DocText.Escape(plan.File)}</c>: {DocText.Escape(plan.Proxy)} proxy, {DocText.Escape(plan.Schedule)} schedule{Source(plan)}.</remarks>");
        writer.Line(Names.GeneratedCode);
        using (writer.Block("public static class Plan"))
        {
            if (isData)
            {
                PlanDataEmitter.Write(writer, plan);
            }

            var members = WriteConfigurations(writer, workflow, plan, isData);
            WriteNamed(writer, plan, "Fastest", "fastest", fastest, members);
            WriteNamed(writer, plan, "MostAccurate", "most accurate", best, members);
            WriteCompiled(writer, workflow, plan, members, isData);
            writer.Line("/// <summary>All configurations, fastest first.</summary>");
            writer.Line($"public static {Names.ReadOnlyList}<{Names.Configuration}> Configurations => Compiled.Configurations;");
            writer.Line();
            writer.Line("/// <summary>The configuration that a preference chooses. It allocates nothing.</summary>");
            writer.Line("/// <param name=\"preference\">What the caller wants.</param>");
            writer.Line("/// <exception cref=\"global::FlowCompile.InfeasiblePreferenceException\">No configuration keeps the preference's limits.</exception>");
            writer.Line($"public static {Names.Configuration} Select({Names.Preference} preference) => Compiled.Select(preference);");
        }
    });

    private static List<string> WriteConfigurations(SourceWriter writer, WorkflowSpec workflow, BoundPlan plan, bool isData)
    {
        var scope = new NameScope(s_members);
        var members = new List<string>();
        foreach (var configuration in plan.Configurations)
        {
            var member = scope.Take(Identifiers.Pascal(configuration.Name ?? configuration.Id), "Configuration");
            var name = configuration.Name is null ? "" : $", \"{DocText.Escape(configuration.Name)}\"";
            var summary = $"{DocText.Escape(configuration.Id)}{name}: {ConfigurationEmitter.Words(configuration.Estimate!)}.";
            if (isData)
            {
                ConfigurationEmitter.WriteDocumentation(writer, workflow, configuration, summary);
                writer.Line($"public static {Names.Configuration} {member} => {PlanDataEmitter.Field}[{Literals.Number(members.Count)}];");
                writer.Line();
            }
            else
            {
                ConfigurationEmitter.Write(writer, workflow, configuration, member, summary);
            }

            members.Add(member);
        }

        return members;
    }

    private static void WriteNamed(SourceWriter writer, BoundPlan plan, string name, string words, BoundConfiguration configuration, List<string> members)
    {
        var member = members[plan.Configurations.TakeWhile(other => other != configuration).Count()];
        writer.Line($"/// <summary>The {words} configuration, {DocText.Escape(configuration.Id)}: {ConfigurationEmitter.Words(configuration.Estimate!)}.</summary>");
        writer.Line($"public static {Names.Configuration} {name} => {member};");
        writer.Line();
    }

    private static void WriteCompiled(SourceWriter writer, WorkflowSpec workflow, BoundPlan plan, List<string> members, bool isData)
    {
        writer.Line("/// <summary>The compiled plan.</summary>");
        writer.Line("public static global::FlowCompile.Plans.WorkflowPlan Compiled { get; } = new global::FlowCompile.Plans.WorkflowPlan(");
        using (writer.Indent())
        {
            writer.Lines(new[] { workflow.Name, plan.GraphHash, plan.Proxy, plan.Schedule }.Select(Literals.Text), ",", ",");
            if (isData)
            {
                writer.Line(PlanDataEmitter.Field + ",");
            }
            else
            {
                using (writer.Block($"new {Names.Configuration}[]", ","))
                {
                    writer.Lines(members, ",", ",");
                }
            }

            WriteProvenance(writer, plan.Provenance, HasMembers(plan) ? ")" : ");");
        }

        WriteMembers(writer, plan);
        writer.Line();
    }

    private static bool HasMembers(BoundPlan plan) => plan.Objectives.Count > 0 || plan.AccuracyLoss is not null || plan.Folded is not null || plan.FoldedLoss is not null || plan.Cells.Count > 0;

    // What a plan need not say.
    private static void WriteMembers(SourceWriter writer, BoundPlan plan)
    {
        if (!HasMembers(plan))
        {
            return;
        }

        using (writer.Body(";"))
        {
            if (plan.Objectives.Count > 0)
            {
                writer.Line($"Objectives = new string[] {{ {string.Join(", ", plan.Objectives.Select(Literals.Text))} }},");
            }

            if (plan.AccuracyLoss is { } loss)
            {
                writer.Line($"AccuracyLoss = {Literals.Number(loss)},");
            }

            if (plan.Folded is { } folded)
            {
                writer.Line($"Folded = {Literals.Number(folded)},");
            }

            if (plan.FoldedLoss is { } foldedLoss)
            {
                writer.Line($"FoldedLoss = {Literals.Number(foldedLoss)},");
            }

            WriteCells(writer, plan);
        }
    }

    private static void WriteCells(SourceWriter writer, BoundPlan plan)
    {
        if (plan.Cells.Count == 0)
        {
            return;
        }

        using (writer.Block("Cells = new global::FlowCompile.Plans.PlanCell[]", ","))
        {
            foreach (var cell in plan.Cells)
            {
                var latencies = cell.LatencyP95Seconds is { } most ? $"{Literals.Number(cell.LatencySeconds)}, {Literals.Number(most)}" : Literals.Number(cell.LatencySeconds);
                var setting = ConfigurationEmitter.Setting(cell.Setting.Model, cell.Setting.Budget);
                writer.Line($"new global::FlowCompile.Plans.PlanCell({Literals.Text(cell.Setting.Node)}, {setting}, {latencies}){Members(cell)},");
            }
        }
    }

    private static string Members(PlanCellSpec cell)
    {
        var members = new[]
        {
            cell.Accuracy is { } accuracy ? $"Accuracy = {Literals.Number(accuracy)}" : null,
            cell.Tokens is { } tokens ? $"Tokens = {Literals.Number(tokens)}" : null,
            cell.Samples is { } samples ? $"Samples = {Literals.Number(samples)}" : null,
        }.OfType<string>().ToList();
        return members.Count == 0 ? "" : $" {{ {string.Join(", ", members)} }}";
    }

    private static void WriteProvenance(SourceWriter writer, PlanProvenanceSpec? provenance, string end)
    {
        if (provenance is null)
        {
            writer.Line("null" + end);
            return;
        }

        using (writer.Block("new global::FlowCompile.Plans.PlanProvenance", end))
        {
            writer.Line($"ToolVersion = {Literals.Text(provenance.ToolVersion)},");
            writer.Line($"ProfileHash = {Literals.Text(provenance.ProfileHash)},");
            if (provenance.CasesHash is { } casesHash)
            {
                writer.Line($"CasesHash = {Literals.Text(casesHash)},");
            }

            writer.Line($"Cases = {Literals.Number(provenance.Cases)},");
            writer.Line($"Seed = {Literals.Number(provenance.Seed)},");
            using (writer.Block("Models = new global::System.Collections.Generic.Dictionary<string, string>", ","))
            {
                for (var i = 0; i < provenance.Models.Count; i++)
                {
                    writer.Line($"{{ {Literals.Text(provenance.Models[i])}, {Literals.Text(provenance.Identities[i])} }},");
                }
            }

            writer.Line($"Hardware = {Literals.Text(provenance.Hardware)},");
            if (provenance.Concurrency is { } concurrency)
            {
                writer.Line($"Concurrency = {Literals.Number(concurrency)},");
            }

            if (provenance.UntimedCalls is { } untimed)
            {
                writer.Line($"UntimedCalls = {Literals.Number(untimed)},");
            }
        }
    }

    private static BoundConfiguration MostAccurate(BoundPlan plan)
    {
        var most = plan.Configurations.Max(configuration => configuration.Estimate!.Accuracy);
        return plan.Configurations.First(configuration => configuration.Estimate!.Accuracy == most);
    }

    private static string Summary(BoundConfiguration configuration) =>
        $"accuracy {DocText.Accuracy(configuration.Estimate!.Accuracy)} in {DocText.Latency(configuration.Estimate.LatencySeconds)}";

    private static string Source(BoundPlan plan) =>
        plan.Provenance is { } provenance ? $", {Literals.Number(provenance.Cases)} cases on {DocText.Escape(provenance.Hardware)}" : "";
}
