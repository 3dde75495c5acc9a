using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FlowCompile.Graph;

namespace FlowCompile.Plans;

/// <summary>Writes a plan: members in a fixed order, numbers in their shortest form, lines ended by a line feed on every system.</summary>
internal static class PlanWriter
{
    public static byte[] Write(WorkflowPlan plan, WorkflowGraph graph)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, plan, graph);
        }

        // Indentation uses the system's line ends before .NET 9; no text in the file holds a raw one.
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(buffer.ToArray()).ReplaceLineEndings("\n") + "\n");
    }

    private static void Write(Utf8JsonWriter writer, WorkflowPlan plan, WorkflowGraph graph)
    {
        writer.WriteStartObject();
        WriteExtensions(writer, plan.Extensions.Where(member => member.Key == PlanFormat.Schema));
        writer.WriteNumber("version", PlanFormat.VersionOf(plan));
        writer.WriteString("workflow", plan.Workflow);
        writer.WriteString("graphHash", plan.GraphHash);
        writer.WriteString("proxy", plan.Proxy);
        writer.WriteString("schedule", plan.Schedule);
        if (plan.Objectives.Count > 0)
        {
            writer.WriteStartArray("objectives");
            foreach (var objective in plan.Objectives)
            {
                writer.WriteStringValue(objective);
            }

            writer.WriteEndArray();
        }

        Write(writer, "accuracyLoss", plan.AccuracyLoss);
        Write(writer, "folded", plan.Folded);
        Write(writer, "foldedLoss", plan.FoldedLoss);
        if (plan.Provenance is { } provenance)
        {
            Write(writer, provenance, plan.ProvenanceExtensions);
        }

        if (plan.Verification is { } verification)
        {
            Write(writer, verification);
        }

        WriteCells(writer, plan);
        writer.WriteStartArray("configurations");
        foreach (var configuration in plan.Configurations)
        {
            Write(writer, configuration, graph);
        }

        writer.WriteEndArray();
        WriteExtensions(writer, plan.Extensions.Where(member => member.Key != PlanFormat.Schema));
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, PlanProvenance provenance, IReadOnlyList<KeyValuePair<string, string>> extensions)
    {
        writer.WriteStartObject("provenance");
        writer.WriteString("toolVersion", provenance.ToolVersion);
        writer.WriteString("profileHash", provenance.ProfileHash);
        if (provenance.CasesHash is not null)
        {
            writer.WriteString("casesHash", provenance.CasesHash);
        }

        writer.WriteNumber("cases", provenance.Cases);
        writer.WriteNumber("seed", provenance.Seed);
        writer.WriteStartObject("models");
        foreach (var (name, identity) in provenance.Models.OrderBy(model => model.Key, StringComparer.Ordinal))
        {
            writer.WriteString(name, identity);
        }

        writer.WriteEndObject();
        writer.WriteString("hardware", provenance.Hardware);
        if (provenance.Concurrency is { } concurrency)
        {
            writer.WriteNumber("concurrency", concurrency);
        }

        if (provenance.UntimedCalls is { } untimed)
        {
            writer.WriteNumber("untimedCalls", untimed);
        }

        WriteExtensions(writer, extensions);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, PlanVerification verification)
    {
        writer.WriteStartObject("verification");
        writer.WriteNumber("runs", verification.Runs);
        writer.WriteNumber("cases", verification.Cases);
        if (verification.Failures > 0)
        {
            writer.WriteNumber("failures", verification.Failures);
        }

        writer.WriteNumber("difference", verification.Difference);
        Write(writer, "differenceInterval", verification.DifferenceInterval);
        writer.WriteBoolean("confirmed", verification.IsConfirmed);
        writer.WriteStartArray("structures");
        foreach (var one in verification.Structures)
        {
            writer.WriteStartObject();
            writer.WriteString("structure", one.Structure);
            writer.WriteNumber("runs", one.Runs);
            writer.WriteNumber("difference", one.Difference);
            writer.WriteNumber("correction", one.Correction);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (verification.Latency is { } latency)
        {
            writer.WriteStartObject("latency");
            writer.WriteNumber("ratio", latency.Ratio);
            writer.WriteNumber("spread", latency.Spread);
            writer.WriteNumber("configurations", latency.Configurations);
            Write(writer, "concurrency", latency.Concurrency);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteCells(Utf8JsonWriter writer, WorkflowPlan plan)
    {
        if (plan.Cells.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("cells");
        foreach (var node in plan.Cells.GroupBy(cell => cell.Node))
        {
            writer.WriteStartObject(node.Key);
            foreach (var cell in node)
            {
                writer.WriteStartObject(cell.Setting.ToString());
                writer.WriteNumber("latencySeconds", cell.LatencySeconds);
                Write(writer, "latencyP95Seconds", cell.LatencyP95Seconds);
                Write(writer, "accuracy", cell.Accuracy);
                Write(writer, "tokens", cell.Tokens);
                Write(writer, "samples", cell.Samples);
                WriteExtensions(writer, plan.CellExtensions.GetValueOrDefault((cell.Node, cell.Setting)) ?? []);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, WorkflowConfiguration configuration, WorkflowGraph graph)
    {
        writer.WriteStartObject();
        writer.WriteString("id", configuration.Id);
        if (configuration.Name is not null)
        {
            writer.WriteString("name", configuration.Name);
        }

        writer.WriteStartObject("counts");
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            if (configuration.Structure.Counts[i] > 0)
            {
                writer.WriteNumber(graph.Nodes[i].Name, configuration.Structure.Counts[i]);
            }
        }

        writer.WriteEndObject();
        writer.WriteStartObject("settings");
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            if (configuration.Settings[i] is { IsUniform: true } one)
            {
                writer.WriteString(graph.Nodes[i].Name, one.ToString());
            }
            else if (configuration.Settings[i] is { } each)
            {
                writer.WriteStartArray(graph.Nodes[i].Name);
                for (var call = 0; call < each.Count; call++)
                {
                    writer.WriteStringValue(each[call].ToString());
                }

                writer.WriteEndArray();
            }
        }

        writer.WriteEndObject();
        Write(writer, configuration.Estimate!, configuration.EstimateExtensions);
        WriteExtensions(writer, configuration.Extensions);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Estimate estimate, IReadOnlyList<KeyValuePair<string, string>> extensions)
    {
        writer.WriteStartObject("estimate");
        writer.WriteNumber("accuracy", estimate.Accuracy);
        Write(writer, "recordedAccuracy", estimate.RecordedAccuracy);
        writer.WriteNumber("latencySeconds", estimate.LatencySeconds);
        writer.WriteNumber("cost", estimate.Cost);
        Write(writer, "energyJoules", estimate.EnergyJoules);
        Write(writer, "accuracyInterval", estimate.AccuracyInterval);
        Write(writer, "latencyInterval", estimate.LatencyInterval);
        Write(writer, "latencyP50Seconds", estimate.LatencyP50Seconds);
        Write(writer, "latencyP95Seconds", estimate.LatencyP95Seconds);
        Write(writer, "latencyP99Seconds", estimate.LatencyP99Seconds);
        Write(writer, "costInterval", estimate.CostInterval);
        Write(writer, "energyInterval", estimate.EnergyInterval);
        Write(writer, "latencyP50Interval", estimate.LatencyP50Interval);
        Write(writer, "latencyP95Interval", estimate.LatencyP95Interval);
        Write(writer, "latencyP99Interval", estimate.LatencyP99Interval);
        if (estimate.RightLatency is { } right)
        {
            writer.WritePropertyName("rightLatencySeconds");
            writer.WriteRawValue("[" + string.Join(", ", right.Seconds.Select(seconds => seconds.ToString("R", CultureInfo.InvariantCulture))) + "]"); // in one line
        }

        if (estimate.Cases is { } cases)
        {
            writer.WriteNumber("cases", cases);
        }

        WriteExtensions(writer, extensions);

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, EstimateInterval? interval)
    {
        if (interval is { } one)
        {
            writer.WriteStartArray(name);
            writer.WriteNumberValue(one.Low);
            writer.WriteNumberValue(one.High);
            writer.WriteEndArray();
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } one)
        {
            writer.WriteNumber(name, one);
        }
    }

    private static void WriteExtensions(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, string>> extensions)
    {
        foreach (var (name, json) in extensions)
        {
            writer.WritePropertyName(name);
            using var value = JsonDocument.Parse(json);
            value.RootElement.WriteTo(writer);
        }
    }
}
