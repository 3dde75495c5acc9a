using FlowCompile.Generators.Model;
using FlowCompile.Generators.Plans;

namespace FlowCompile.Generators.Emit;

/// <summary>Emits one configuration as a member of <c>Plan</c>.</summary>
internal static class ConfigurationEmitter
{
    public static void Write(SourceWriter writer, WorkflowSpec workflow, BoundConfiguration configuration, string member, string summary)
    {
        WriteDocumentation(writer, workflow, configuration, summary);
        writer.Line($"public static {Names.Configuration} {member} {{ get; }} = new {Names.Configuration}(");
        using (writer.Indent())
        {
            writer.Line(Literals.Text(configuration.Id) + ",");
            writer.Line($"{Names.Graph}WorkflowStructure.Create(Graph, {Literals.Array("int", configuration.Counts.Select(Literals.Number))}),");
            var type = configuration.Settings.Any(setting => setting.Call is not null) ? "CallSettings" : "Setting";
            using (writer.Block($"new global::FlowCompile.{type}?[]", configuration.Estimate is null ? ");" : ","))
            {
                for (var node = 0; node < configuration.Counts.Count; node++)
                {
                    var settings = configuration.Settings.Where(setting => setting.Node == node).Select(setting => Setting(setting.Model, setting.Budget)).ToList();
                    writer.Line(settings.Count switch
                    {
                        0 => "null,",
                        1 => settings[0] + ",",
                        _ => $"new global::FlowCompile.CallSettings(new global::FlowCompile.Setting[] {{ {string.Join(", ", settings)} }}),",
                    });
                }
            }

            if (configuration.Estimate is { } estimate)
            {
                writer.Line($"new global::FlowCompile.Plans.Estimate {{ {Members(estimate)} }}){(configuration.Name is null ? ";" : "")}");
            }
        }

        if (configuration.Name is { } name)
        {
            using (writer.Body(";"))
            {
                writer.Line($"Name = {Literals.Text(name)},");
            }
        }

        writer.Line();
    }

    /// <summary>Writes what the documentation of a member says.</summary>
    public static void WriteDocumentation(SourceWriter writer, WorkflowSpec workflow, BoundConfiguration configuration, string summary)
    {
        writer.Line($"/// <summary>{summary}</summary>");
        writer.Line($"/// <remarks><c>{DocText.Escape(configuration.ToText(workflow))}</c></remarks>");
    }

    /// <summary>A setting.</summary>
    public static string Setting(string model, int budget) => $"new global::FlowCompile.Setting({Literals.Text(model)}, {Literals.Number(budget)})";

    private static string Members(BoundEstimate estimate)
    {
        var members = new (string Name, double? Value)[]
        {
            ("Accuracy", estimate.Accuracy),
            ("RecordedAccuracy", estimate.RecordedAccuracy),
            ("LatencySeconds", estimate.LatencySeconds),
            ("Cost", estimate.Cost == 0 ? null : estimate.Cost),
            ("EnergyJoules", estimate.EnergyJoules),
            ("LatencyP50Seconds", estimate.LatencyP50Seconds),
            ("LatencyP95Seconds", estimate.LatencyP95Seconds),
        };
        var numbers = members.Where(member => member.Value is not null).Select(member => $"{member.Name} = {Literals.Number(member.Value!.Value)}");
        return string.Join(", ", estimate.RightLatencySeconds.Count == 0
            ? numbers
            : numbers.Append($"RightLatency = new global::FlowCompile.Plans.LatencyQuantiles({string.Join(", ", estimate.RightLatencySeconds.Select(Literals.Number))})"));
    }

    /// <summary>What a configuration is expected to do, in words.</summary>
    public static string Words(BoundEstimate estimate) =>
        $"accuracy {DocText.Accuracy(estimate.Accuracy)}, latency {DocText.Latency(estimate.LatencySeconds)}";
}
