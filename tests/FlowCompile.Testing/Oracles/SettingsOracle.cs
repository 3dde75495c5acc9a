using System.Text.Json;
using FlowCompile.Settings;
using FlowCompile.Testing.Fuzzing;

namespace FlowCompile.Testing.Oracles;

/// <summary>What docs/settings.md says of <c>flowcompile.json</c>, held against what was read.</summary>
public static class SettingsOracle
{
    private static readonly string[] s_schedules = ["parallel", "sequential", "superstep"];
    private static readonly string[] s_proxies = ["paired", "independent"];
    private static readonly string[] s_objectives = ["accuracy", "latency", "cost", "energy"];

    /// <summary>Checks settings that were accepted.</summary>
    /// <param name="json">What the file says.</param>
    /// <param name="read">What was read.</param>
    /// <exception cref="FuzzFailureException">They are none by the documentation, or were read as something else.</exception>
    public static void Check(JsonElement json, ProjectSettings read)
    {
        StrictJson.NoRepeats(json, "the settings");
        var models = Members(json, "models", required: true);
        Same("models", string.Join('|', models.Select(StrictJson.Name)), string.Join('|', read.Models.Select(model => model.Name)));
        Rule(read.Models.Count > 0, "accepted settings without a model");
        foreach (var (written, model) in models.Zip(read.Models))
        {
            Model(written.Value, model);
        }

        Rule(json.TryGetProperty("budgets", out var budgets) && budgets.ValueKind == JsonValueKind.Array, "accepted settings without budgets");
        Same("budgets", string.Join('|', budgets.EnumerateArray().Select(budget => budget.GetDouble() + 0.0)), string.Join('|', read.Budgets.Select(budget => (double)budget)));
        Rule(read.Budgets.Count > 0 && read.Budgets[0] >= 0 && read.Budgets.Zip(read.Budgets.Skip(1)).All(pair => pair.First < pair.Second), "accepted budgets that are not ascending from 0");
        var workflows = Members(json, "workflows", required: false);
        Same("workflows", string.Join('|', workflows.Select(StrictJson.Name)), string.Join('|', read.Workflows.Select(workflow => workflow.Name)));
        foreach (var (written, workflow) in workflows.Zip(read.Workflows))
        {
            Workflow(written.Value, workflow, read);
        }
    }

    private static void Model(JsonElement written, ModelSettings read)
    {
        StrictJson.NoRepeats(written, "a model");
        StrictJson.Name(read.Name, "a model's name");
        StrictJson.Name(read.Source, "a model's source");
        Rule(read.Name.Length > 0 && read.Source.Length > 0, "accepted an empty name or source");
        Rule(written.TryGetProperty(read.Provider, out _), "read a provider that is not written");
        foreach (var key in new[] { "model", "device", "graph", "chatFormat", "keyVariable", "keyHeader", "reasoningField", "maxTokensField", "userSecretsId" })
        {
            StrictJson.Name(read.Options.GetValueOrDefault(key), $"'{key}' of a model");
        }

        if (read.Price is { } price)
        {
            Rule(double.IsFinite(price.InputPerMillion) && price.InputPerMillion >= 0 && double.IsFinite(price.OutputPerMillion) && price.OutputPerMillion >= 0, "accepted a price that is none");
            Rule(price.CachedInputPerMillion is null or (>= 0 and < double.PositiveInfinity), "accepted a price of cached tokens that is none");
            Same("a price of cached tokens", Number(written.GetProperty("price"), "cachedInputPerMillion"), price.CachedInputPerMillion);
            Same("a price", Number(written.GetProperty("price"), "inputPerMillion") ?? 0, price.InputPerMillion);
        }
    }

    private static void Workflow(JsonElement written, WorkflowSettings read, ProjectSettings settings)
    {
        StrictJson.NoRepeats(written, "a workflow");
        StrictJson.Name(read.Name, "a workflow's name");
        Same("the section of a name", read, settings.GetWorkflow(read.Name));
        var cases = StrictJson.Text(written.GetProperty("cases"));
        StrictJson.Name(cases, "a path");
        Same("a path", Path.GetFullPath(cases, Path.GetDirectoryName(settings.File)!), read.Cases);
        Rule(s_schedules.Contains(read.Schedule) && s_proxies.Contains(read.Proxy), "accepted an unknown schedule or proxy");
        Rule(read.Objectives.Count >= 2 && read.Objectives.All(s_objectives.Contains) && read.Objectives.Distinct().Count() == read.Objectives.Count, "accepted objectives that are none");
        Rule(read.MaxFailures is >= 0 and <= 1, "accepted a share of failures that is none");
        Same("seed", Number(written, "seed") ?? 1, (double)read.Seed);
        Same("maxFailures", Number(written, "maxFailures") ?? 0.1, read.MaxFailures);
        foreach (var setting in new[] { read.Reference, read.WeakReference })
        {
            Rule(settings.FindModel(setting.Model) is not null && setting.Budget >= 0, "accepted a reference to a model that is not there");
        }

        foreach (var (node, limit) in read.Limits)
        {
            StrictJson.Name(node, "a sub-agent's name");
            Rule(limit.Models is null || limit.Models.All(model => settings.FindModel(model) is not null), "accepted a limit to a model that is not there");
        }
    }

    private static List<JsonProperty> Members(JsonElement json, string name, bool required)
    {
        if (!json.TryGetProperty(name, out var inner))
        {
            Rule(!required, $"accepted settings without {name}");
            return [];
        }

        Rule(inner.ValueKind == JsonValueKind.Object, $"accepted {name} that is no object");
        StrictJson.NoRepeats(inner, name);
        return [.. inner.EnumerateObject()];
    }

    private static double? Number(JsonElement json, string name) => json.TryGetProperty(name, out var number) ? number.GetDouble() : null;

    private static void Rule(bool holds, string rule)
    {
        if (!holds)
        {
            throw new FuzzFailureException(rule, "");
        }
    }

    private static void Same(string what, object? written, object? read)
    {
        if (!Equals(written, read))
        {
            throw new FuzzFailureException($"read something else: {what}", Refusal.Visible($"'{written}' was read as '{read}'"));
        }
    }
}
