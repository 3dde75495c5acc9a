using System.Text.Json;
using System.Text.Json.Nodes;
using FlowCompile.Plans;
using FlowCompile.Testing.Fuzzing;

namespace FlowCompile.Testing.Oracles;

/// <summary>What docs/plan-format.md says of a plan, held against what was read.</summary>
public sealed class PlanOracle : IDisposable
{
    private readonly JsonSchema _schema = new(Schema());

    /// <inheritdoc/>
    public void Dispose() => _schema.Dispose();

    /// <summary>Checks a plan that was accepted.</summary>
    /// <param name="json">What its file says.</param>
    /// <param name="read">What was read.</param>
    /// <exception cref="FuzzFailureException">It is no plan by the schema, or was read as something else.</exception>
    public void Check(JsonElement json, PlanDocument read)
    {
        NoRepeats(json);
        if (_schema.FirstViolation(json) is { } violation)
        {
            throw new FuzzFailureException($"accepted against the schema: {violation}", "");
        }

        Same("workflow", StrictJson.Text(json.GetProperty("workflow")), read.Workflow);
        Same("graphHash", StrictJson.Text(json.GetProperty("graphHash")), read.GraphHash);
        Same("proxy", StrictJson.Text(json.GetProperty("proxy")), read.Proxy);
        Same("schedule", StrictJson.Text(json.GetProperty("schedule")), read.Schedule);
        Same("objectives", Texts(json, "objectives"), string.Join('|', read.Objectives));
        Same("accuracyLoss", Number(json, "accuracyLoss"), read.AccuracyLoss);
        Same("folded", Number(json, "folded"), (double?)read.Folded);
        Same("foldedLoss", Number(json, "foldedLoss"), read.FoldedLoss);
        foreach (var (name, text) in new[] { ("workflow", read.Workflow), ("proxy", read.Proxy), ("schedule", read.Schedule) })
        {
            StrictJson.Name(text, name);
        }

        Provenance(json, read.Provenance);
        Cells(json, read);
        var configurations = json.GetProperty("configurations").EnumerateArray().ToList();
        Same("the number of configurations", configurations.Count, read.Configurations.Count);
        foreach (var (one, other) in configurations.Zip(read.Configurations))
        {
            Configuration(one, other);
        }

        if (read.Configurations.Select(one => one.Id).Distinct(StringComparer.Ordinal).Count() != read.Configurations.Count)
        {
            throw new FuzzFailureException("accepted an id twice", "");
        }

        if (read.Configurations.Zip(read.Configurations.Skip(1)).Any(pair => pair.First.Estimate.LatencySeconds > pair.Second.Estimate.LatencySeconds))
        {
            throw new FuzzFailureException("accepted configurations that are not fastest first", "");
        }
    }

    // $schema is for editors, and kept as it is; a hash of another form is that of another graph, which comparing finds.
    private static byte[] Schema()
    {
        var schema = JsonNode.Parse(Repository.Read("docs/flowplan.schema.json"))!;
        var members = schema["properties"]!.AsObject();
        members.Remove("$schema");
        members["graphHash"]!.AsObject().Remove("pattern");
        return JsonSerializer.SerializeToUtf8Bytes(schema);
    }

    private static void NoRepeats(JsonElement json)
    {
        StrictJson.NoRepeats(json, "the plan");
        if (json.TryGetProperty("provenance", out var provenance) && provenance.ValueKind == JsonValueKind.Object)
        {
            StrictJson.NoRepeats(provenance, "provenance");
            if (provenance.TryGetProperty("models", out var models))
            {
                StrictJson.NoRepeats(models, "provenance.models");
            }
        }

        if (json.TryGetProperty("cells", out var cells) && cells.ValueKind == JsonValueKind.Object)
        {
            StrictJson.NoRepeats(cells, "cells");
            foreach (var node in cells.EnumerateObject().Where(node => node.Value.ValueKind == JsonValueKind.Object))
            {
                StrictJson.NoRepeats(node.Value, "cells of a node");
                foreach (var cell in node.Value.EnumerateObject())
                {
                    StrictJson.NoRepeats(cell.Value, "a cell");
                }
            }
        }

        foreach (var one in json.GetProperty("configurations").EnumerateArray())
        {
            StrictJson.NoRepeats(one, "a configuration");
            foreach (var inner in new[] { "counts", "settings", "estimate" })
            {
                if (one.TryGetProperty(inner, out var value))
                {
                    StrictJson.NoRepeats(value, inner);
                }
            }
        }
    }

    private static void Provenance(JsonElement json, PlanProvenance? read)
    {
        if (!json.TryGetProperty("provenance", out var written))
        {
            Same("provenance", null, read);
            return;
        }

        var said = read ?? throw new FuzzFailureException("lost provenance", "");
        Same("toolVersion", StrictJson.Text(written.GetProperty("toolVersion")), said.ToolVersion);
        Same("profileHash", StrictJson.Text(written.GetProperty("profileHash")), said.ProfileHash);
        Same("hardware", StrictJson.Text(written.GetProperty("hardware")), said.Hardware);
        Same("cases", Number(written, "cases"), (double)said.Cases);
        Same("seed", Number(written, "seed"), (double)said.Seed);
        foreach (var (name, text) in new[] { ("toolVersion", said.ToolVersion), ("profileHash", said.ProfileHash), ("hardware", said.Hardware) })
        {
            StrictJson.Name(text, name);
        }

        var models = written.GetProperty("models").EnumerateObject().ToDictionary(model => StrictJson.Name(model), model => StrictJson.Text(model.Value));
        Same("models", models.Count, said.Models.Count);
        foreach (var (name, identity) in said.Models)
        {
            Same("a model's identity", models.GetValueOrDefault(name), identity);
            StrictJson.Name(name, "a model's name");
            StrictJson.Name(identity, "a model's identity");
        }
    }

    private static void Cells(JsonElement json, PlanDocument read)
    {
        var written = new Dictionary<(string, string), JsonElement>();
        if (json.TryGetProperty("cells", out var cells))
        {
            foreach (var node in cells.EnumerateObject())
            {
                foreach (var cell in node.Value.EnumerateObject())
                {
                    written[(StrictJson.Name(node), SettingText.Of(cell.Name))] = cell.Value;
                }
            }
        }

        Same("the number of cells", written.Count, read.Cells.Count);
        foreach (var cell in read.Cells)
        {
            if (!written.TryGetValue((cell.Node, cell.Setting.ToString()), out var said))
            {
                throw new FuzzFailureException("read a cell that is not written", Refusal.Visible($"{cell.Node} {cell.Setting}"));
            }

            Same("a cell's latency", Number(said, "latencySeconds"), cell.LatencySeconds);
            Same("a cell's p95", Number(said, "latencyP95Seconds"), cell.LatencyP95Seconds);
            StrictJson.Name(cell.Node, "a cell's node");
            StrictJson.Name(cell.Setting.Model, "a cell's model");
        }
    }

    // Of several calls one after another, each run of the same once; all the same as one.
    private static string SettingsText(JsonElement written)
    {
        if (written.ValueKind == JsonValueKind.String)
        {
            return SettingText.Of(StrictJson.Text(written));
        }

        var calls = written.EnumerateArray().Select(call => SettingText.Of(StrictJson.Text(call))).ToList();
        if (calls.Distinct().Count() == 1)
        {
            return calls[0];
        }

        var runs = new List<(string Setting, int Times)>();
        foreach (var call in calls)
        {
            if (runs.Count > 0 && runs[^1].Setting == call)
            {
                runs[^1] = (call, runs[^1].Times + 1);
            }
            else
            {
                runs.Add((call, 1));
            }
        }

        return string.Join('+', runs.Select(run => run.Times == 1 ? run.Setting : $"{run.Setting}*{run.Times}"));
    }

    private static void Configuration(JsonElement written, PlanDocumentConfiguration read)
    {
        Same("id", StrictJson.Text(written.GetProperty("id")), read.Id);
        Same("name", written.TryGetProperty("name", out var name) ? StrictJson.Text(name) : null, read.Name);
        StrictJson.Name(read.Id, "an id");
        StrictJson.Name(read.Name, "a name");
        var counts = written.GetProperty("counts").EnumerateObject().Where(count => count.Value.GetDouble() > 0).ToDictionary(count => StrictJson.Name(count), count => count.Value.GetDouble());
        Same("the number of counts", counts.Count, read.Counts.Count);
        foreach (var (node, count) in read.Counts)
        {
            Same("a count", counts.GetValueOrDefault(node), (double)count);
            StrictJson.Name(node, "a node's name");
        }

        Same(
            "settings",
            string.Join('|', written.GetProperty("settings").EnumerateObject().Select(setting => $"{StrictJson.Name(setting)}={SettingsText(setting.Value)}")),
            string.Join('|', read.Settings.Select(setting => $"{setting.Key}={setting.Value}")));
        foreach (var setting in read.Settings)
        {
            foreach (var model in setting.Value.Models)
            {
                StrictJson.Name(model, "a setting's model");
            }
        }

        var said = written.GetProperty("estimate");
        var estimate = read.Estimate;
        Same("accuracy", Number(said, "accuracy"), estimate.Accuracy);
        Same("recordedAccuracy", Number(said, "recordedAccuracy"), estimate.RecordedAccuracy);
        Same("latencySeconds", Number(said, "latencySeconds"), estimate.LatencySeconds);
        Same("cost", Number(said, "cost") ?? 0, estimate.Cost);
        Same("energyJoules", Number(said, "energyJoules"), estimate.EnergyJoules);
        Same("latencyP50Seconds", Number(said, "latencyP50Seconds"), estimate.LatencyP50Seconds);
        Same("latencyP95Seconds", Number(said, "latencyP95Seconds"), estimate.LatencyP95Seconds);
        Same("latencyP99Seconds", Number(said, "latencyP99Seconds"), estimate.LatencyP99Seconds);
        Same(
            "latencies of right runs",
            said.TryGetProperty("rightLatencySeconds", out var right) ? string.Join('|', right.EnumerateArray().Select(one => one.GetDouble())) : null,
            estimate.RightLatency is { } quantiles ? string.Join('|', quantiles.Seconds) : null);
        Same("cases of an estimate", Number(said, "cases"), (double?)estimate.Cases);
    }

    private static string Texts(JsonElement json, string name) => json.TryGetProperty(name, out var list) ? string.Join('|', list.EnumerateArray().Select(item => StrictJson.Text(item))) : "";

    private static double? Number(JsonElement json, string name) => json.TryGetProperty(name, out var number) ? number.GetDouble() : null;

    private static void Same(string what, object? written, object? read)
    {
        if (!Equals(written, read))
        {
            throw new FuzzFailureException($"read something else: {what}", Refusal.Visible($"'{written}' was read as '{read}'"));
        }
    }
}
