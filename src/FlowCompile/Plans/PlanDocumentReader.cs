using FlowCompile.Json;

namespace FlowCompile.Plans;

/// <summary>Reads a plan as it stands, whatever graph it was compiled for.</summary>
internal sealed class PlanDocumentReader(string file) : PlanPartReader(file)
{
    public PlanDocument Read(byte[] utf8)
    {
        var (root, members) = Open(utf8);
        var json = ConfigurationsOf(root, members);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var configurations = json.ConvertAll(item => ReadConfiguration(item, ids));
        CheckOrder(json, configurations.ConvertAll(one => (one.Id, one.Estimate)));
        return new PlanDocument(configurations)
        {
            Workflow = Text(Needed(root, members, "workflow", "the plan"), "'workflow'"),
            GraphHash = Text(Needed(root, members, "graphHash", "the plan"), "'graphHash'"),
            Proxy = Text(Needed(root, members, "proxy", "the plan"), "'proxy'"),
            Schedule = Text(Needed(root, members, "schedule", "the plan"), "'schedule'"),
            Objectives = ReadObjectives(members),
            AccuracyLoss = ReadShare(members, "accuracyLoss"),
            Folded = ReadCount(members, "folded"),
            FoldedLoss = ReadShare(members, "foldedLoss"),
            Provenance = ReadProvenance(members),
            Cells = ReadCells(members).ConvertAll(pair => pair.Cell),
            Verification = ReadVerification(members),
            Extensions = ExtensionsOf(root, PlanFormat.PlanMembers),
        };
    }

    private PlanDocumentConfiguration ReadConfiguration(LocatedJson json, HashSet<string> ids)
    {
        var members = Object(json, "a configuration", known: null);
        var id = ReadId(json, members, ids);
        var what = $"the configuration '{id}'";
        var counts = Object(Needed(json, members, "counts", what), $"'counts' of {what}", known: null)
            .Select(pair => KeyValuePair.Create(pair.Key, Integer(pair.Value, $"the count of '{pair.Key}' in {what}") is >= 0 and var count
                ? count
                : throw Fail(pair.Value.Line, $"the count of '{pair.Key}' in {what} is {pair.Value.Text}; it is 0 or more")))
            .Where(pair => pair.Value > 0) // What does not run may be absent, or be there with 0.
            .ToDictionary(StringComparer.Ordinal);
        var settings = Needed(json, members, "settings", what);
        return new PlanDocumentConfiguration
        {
            Id = id,
            Name = members.TryGetValue("name", out var name) ? Text(name, $"'name' of {what}") : null,
            Extensions = ExtensionsOf(json, PlanFormat.ConfigurationMembers),
            Counts = counts,
            Settings =
            [
                .. Object(settings, $"'settings' of {what}", known: null).Select(pair => counts.GetValueOrDefault(pair.Key) > 0
                    ? KeyValuePair.Create(pair.Key, ReadSettings(pair.Value, pair.Key, counts[pair.Key], what))
                    : throw Fail(pair.Value.Line, $"{what} has a setting for the inactive '{pair.Key}'; {Recompile}")),
            ],
            Estimate = ReadEstimate(Needed(json, members, "estimate", what), what),
        };
    }
}
