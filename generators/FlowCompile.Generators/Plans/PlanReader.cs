using FlowCompile.Generators.Diagnostics;
using FlowCompile.Generators.Model;

namespace FlowCompile.Generators.Plans;

/// <summary>Reads a plan file. Fields that it does not know are left alone.</summary>
internal static class PlanReader
{
    private const int Version = 2;

    // From which a sub-agent may have a setting for each of its calls.
    private const int CallSettingsVersion = 2;

    /// <summary>Reads a plan.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="problem">Why there is none, where there is none.</param>
    public static PlanDocument? TryRead(string text, out FileProblem? problem)
    {
        problem = null;
        try
        {
            return Read(JsonReader.Read(text));
        }
        catch (PlanVersionException error)
        {
            problem = new FileProblem(PlanDescriptors.Newer, error.Position, error.Version, $"{Version}");
        }
        catch (JsonSyntaxException error)
        {
            problem = new FileProblem(PlanDescriptors.Unreadable, error.Position, error.Message);
        }

        return null;
    }

    private static PlanDocument Read(JsonValue root)
    {
        if (root.Kind != JsonKind.Object)
        {
            throw new JsonSyntaxException(root.Position, "a plan is an object");
        }

        var version = root["version"];
        if (version?.Integer is not (> 0 and var number))
        {
            throw new JsonSyntaxException((version ?? root).Position, "'version' must be a whole number from 1");
        }

        if (number > Version)
        {
            throw new PlanVersionException(version.Position, $"{number}");
        }

        var workflow = root.RequireText("workflow");
        var hash = root.RequireText("graphHash");
        var configurations = root.Require("configurations", JsonKind.List, "a list");
        if (configurations.Items.Count == 0)
        {
            throw new JsonSyntaxException(configurations.Position, "'configurations' is empty");
        }

        return new PlanDocument(
            workflow.Text,
            workflow.Position,
            hash.Text,
            hash.Position,
            root.RequireText("proxy").Text,
            root.RequireText("schedule").Text,
            root["objectives"] is null ? EquatableArray<string>.Empty : root.Require("objectives", JsonKind.List, "a list").Items.Select(item => item.LineOf("an objective")).Freeze(),
            root["accuracyLoss"] is null ? null : root.RequireNumber("accuracyLoss", most: 1),
            root["folded"] is null ? null : root.RequireInteger("folded"),
            root["foldedLoss"] is null ? null : root.RequireNumber("foldedLoss", most: 1),
            ReadProvenance(root["provenance"]),
            root["cells"] is null ? EquatableArray<PlanCellSpec>.Empty : root.Require("cells", JsonKind.Object, "an object").Members.SelectMany(ReadCells).Freeze(),
            configurations.Items.Select(configuration => ReadConfiguration(configuration, number)).Freeze());
    }

    private static PlanProvenanceSpec? ReadProvenance(JsonValue? provenance)
    {
        if (provenance is null or { Kind: JsonKind.Null })
        {
            return null;
        }

        var models = provenance.Require("models", JsonKind.Object, "an object").Members;
        return new PlanProvenanceSpec(
            provenance.RequireText("toolVersion").Text,
            provenance.RequireText("profileHash").Text,
            provenance.OptionalText("casesHash"),
            provenance.RequireInteger("cases"),
            provenance.RequireInteger("seed"),
            models.Select(model => model.Name("a model's name")).Freeze(),
            models.Select(model => model.Value.LineOf($"the identity of '{model.Key}'")).Freeze(),
            provenance.RequireText("hardware").Text,
            provenance["concurrency"] is null ? null : provenance.RequireInteger("concurrency"),
            provenance["untimedCalls"] is null ? null : provenance.RequireInteger("untimedCalls"));
    }

    private static PlanConfiguration ReadConfiguration(JsonValue configuration, int version)
    {
        var id = configuration.RequireText("id");
        if (id.Text.Length == 0)
        {
            throw new JsonSyntaxException(id.Position, "an id is empty");
        }

        var estimate = configuration.Require("estimate", JsonKind.Object, "an object");
        return new PlanConfiguration(
            id.Text,
            configuration.OptionalText("name"),
            configuration.Position,
            configuration.Require("counts", JsonKind.Object, "an object").Members.Select(ReadCount).Where(count => count.Count > 0).Freeze(),
            configuration.Require("settings", JsonKind.Object, "an object").Members.SelectMany(member => ReadSettings(member, version)).Freeze(),
            estimate.RequireNumber("accuracy", most: 1),
            estimate["recordedAccuracy"] is null ? null : estimate.RequireNumber("recordedAccuracy", most: 1),
            estimate.RequireNumber("latencySeconds"),
            estimate["cost"] is null ? 0 : estimate.RequireNumber("cost"),
            estimate.OptionalNumber("energyJoules"),
            estimate.OptionalNumber("latencyP50Seconds"),
            estimate.OptionalNumber("latencyP95Seconds"),
            ReadQuantiles(estimate, "rightLatencySeconds"));
    }

    private static EquatableArray<double> ReadQuantiles(JsonValue estimate, string name)
    {
        if (estimate[name] is not { } json)
        {
            return EquatableArray<double>.Empty;
        }

        var seconds = estimate.Require(name, JsonKind.List, "a list").Items.Select(item => item.Number is >= 0 and var number
            ? number
            : throw new JsonSyntaxException(item.Position, $"'{name}' must be numbers of 0 or more")).ToList();
        return seconds.Count >= 2 && seconds.Zip(seconds.Skip(1), (one, next) => one <= next).All(ascends => ascends)
            ? seconds.Freeze()
            : throw new JsonSyntaxException(json.Position, $"'{name}' must be two or more numbers, ascending");
    }

    private static IEnumerable<PlanCellSpec> ReadCells(KeyValuePair<string, JsonValue> node) => node.Value.Kind != JsonKind.Object
        ? throw new JsonSyntaxException(node.Value.Position, $"the cells of '{node.Key}' must be an object")
        : node.Value.Members.Select(member => new PlanCellSpec(
            PlanSetting.TryParse(node.Name("a sub-agent's name"), member.Name($"the setting of a cell of '{node.Key}'"))
                ?? throw new JsonSyntaxException(member.Value.Position, $"the setting of a cell of '{node.Key}' must be written model@budget"),
            member.Value.Position,
            member.Value.RequireNumber("latencySeconds"),
            member.Value.OptionalNumber("latencyP95Seconds"),
            member.Value.OptionalNumber("accuracy"),
            member.Value.OptionalNumber("tokens"),
            member.Value["samples"] is null ? null : member.Value.RequireInteger("samples")));

    private static PlanCount ReadCount(KeyValuePair<string, JsonValue> member) => member.Value.Integer is >= 0 and var count
        ? new PlanCount(member.Name("a node's name"), count)
        : throw new JsonSyntaxException(member.Value.Position, $"the count of '{member.Key}' must be a whole number of 0 or more");

    private static IEnumerable<PlanSetting> ReadSettings(KeyValuePair<string, JsonValue> member, int version)
    {
        if (member.Value.Kind != JsonKind.List || version < CallSettingsVersion)
        {
            return [ReadSetting(member, member.Value)];
        }

        return member.Value.Items.Count > 0
            ? member.Value.Items.Select((item, call) => ReadSetting(member, item) with { Call = call })
            : throw new JsonSyntaxException(member.Value.Position, $"the settings of '{member.Key}' are empty");
    }

    private static PlanSetting ReadSetting(KeyValuePair<string, JsonValue> member, JsonValue value) =>
        PlanSetting.TryParse(member.Name("a node's name"), value.LineOf($"the setting of '{member.Key}'"))
        ?? throw new JsonSyntaxException(value.Position, $"the setting of '{member.Key}' must be written model@budget");

    /// <summary>A plan of a version that this generator does not know.</summary>
    private sealed class PlanVersionException(int position, string version) : Exception
    {
        public int Position { get; } = position;

        public string Version { get; } = version;
    }
}
