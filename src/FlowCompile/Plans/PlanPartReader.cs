using System.Globalization;
using System.Text;
using System.Text.Json;
using FlowCompile.Json;
using FlowCompile.Text;

namespace FlowCompile.Plans;

/// <summary>Reads the parts of a plan that say the same whatever the graph. Unknown members are kept as they are.</summary>
internal abstract class PlanPartReader(string file) : LocatedReader
{
    protected const string Recompile = "compile it again with 'flowcompile compile'";

    /// <summary>The text, without a byte order mark.</summary>
    protected byte[] Utf8 { get; private set; } = [];

    /// <summary>The version of the format that the file is of.</summary>
    protected int Version { get; private set; }

    protected override PlanException Fail(int line, ShownText problem) => new(file, line, problem.ToString());

    /// <summary>The plan's members, once its version is known to be readable.</summary>
    protected (LocatedJson Root, Dictionary<string, LocatedJson> Members) Open(byte[] utf8)
    {
        Utf8 = utf8.AsSpan().StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        LocatedJson root;
        try
        {
            root = LocatedJson.Parse(Utf8);
        }
        catch (JsonException e)
        {
            throw new PlanException(file, (int?)e.LineNumber + 1, $"it is not a plan, for it is not valid JSON: {LocatedJson.Reason(e)}; delete it and {Recompile}", e);
        }

        var members = Object(root, "the plan", known: null);
        CheckVersion(root, members);
        return (root, members);
    }

    /// <summary>The configurations as JSON, at least one.</summary>
    protected List<LocatedJson> ConfigurationsOf(LocatedJson root, Dictionary<string, LocatedJson> members)
    {
        var json = Needed(root, members, "configurations", "the plan");
        return List(json, "'configurations'") is { Count: > 0 } list ? list : throw Fail(json.Line, $"'configurations' is empty; {Recompile}");
    }

    /// <summary>Refuses configurations that are not fastest first.</summary>
    protected void CheckOrder(List<LocatedJson> json, IReadOnlyList<(string Id, Estimate Estimate)> configurations)
    {
        for (var i = 1; i < configurations.Count; i++)
        {
            if (configurations[i].Estimate.LatencySeconds < configurations[i - 1].Estimate.LatencySeconds)
            {
                throw Fail(json[i].Line, $"the configuration '{configurations[i].Id}' is faster than the one before it; {Recompile}");
            }
        }
    }

    protected string ReadId(LocatedJson json, Dictionary<string, LocatedJson> members, HashSet<string> ids)
    {
        var id = Text(Needed(json, members, "id", "the configuration"), "'id'");
        return ids.Add(id) ? id : throw Fail(json.Line, $"the configuration '{id}' is there twice; {Recompile}");
    }

    protected Setting ReadSetting(LocatedJson json, string node, string what)
    {
        var text = Text(json, $"the setting of '{node}' in {what}");
        return Setting.TryParse(text, out var setting)
            ? setting
            : throw Fail(json.Line, $"the setting of '{node}' in {what} is \"{text}\"; a setting is model@budget");
    }

    /// <summary>The settings of a node's calls: one for all, or from version 2 on a list with one for each.</summary>
    protected CallSettings ReadSettings(LocatedJson json, string node, int calls, string what)
    {
        if (json.Kind != JsonTokenType.StartArray || Version < PlanFormat.CallSettingsVersion)
        {
            return ReadSetting(json, node, what);
        }

        var settings = List(json, $"the settings of '{node}' in {what}").Select(item => ReadSetting(item, node, what)).ToList();
        return settings.Count == calls
            ? new CallSettings(settings)
            : throw Fail(json.Line, $"{what} has {settings.Count} settings for the {calls} calls of '{node}'; write one setting for all, or a list with one for each call");
    }

    protected Estimate ReadEstimate(LocatedJson json, string what)
    {
        var members = Object(json, $"'estimate' of {what}", known: null);
        var accuracy = Needed(json, members, "accuracy", $"the estimate of {what}");
        return new Estimate
        {
            Accuracy = Share(accuracy, $"'accuracy' of {what}"),
            RecordedAccuracy = OptionalShare("recordedAccuracy"),
            LatencySeconds = Amount(Needed(json, members, "latencySeconds", $"the estimate of {what}"), $"'latencySeconds' of {what}"),
            Cost = OptionalAmount("cost") ?? 0,
            EnergyJoules = OptionalAmount("energyJoules"),
            AccuracyInterval = ReadInterval(members, "accuracyInterval", what),
            LatencyInterval = ReadInterval(members, "latencyInterval", what),
            LatencyP50Seconds = OptionalAmount("latencyP50Seconds"),
            LatencyP95Seconds = OptionalAmount("latencyP95Seconds"),
            LatencyP99Seconds = OptionalAmount("latencyP99Seconds"),
            CostInterval = ReadInterval(members, "costInterval", what),
            EnergyInterval = ReadInterval(members, "energyInterval", what),
            LatencyP50Interval = ReadInterval(members, "latencyP50Interval", what),
            LatencyP95Interval = ReadInterval(members, "latencyP95Interval", what),
            LatencyP99Interval = ReadInterval(members, "latencyP99Interval", what),
            RightLatency = ReadQuantiles(members, "rightLatencySeconds", what),
            Cases = members.TryGetValue("cases", out var cases) ? Integer(cases, $"'cases' of {what}") : null,
        };

        double? OptionalAmount(string key) => members.TryGetValue(key, out var value) ? Amount(value, $"'{key}' of {what}") : null;

        double? OptionalShare(string key) => members.TryGetValue(key, out var share) ? Share(share, $"'{key}' of {what}") : null;
    }

    protected IReadOnlyList<string> ReadObjectives(Dictionary<string, LocatedJson> members) => members.TryGetValue("objectives", out var json)
        ? [.. List(json, "'objectives'").Select(item => Text(item, "an objective"))]
        : [];

    protected double? ReadShare(Dictionary<string, LocatedJson> members, string name) =>
        members.TryGetValue(name, out var json) ? Share(json, $"'{name}'") : null;

    protected int? ReadCount(Dictionary<string, LocatedJson> members, string name) => !members.TryGetValue(name, out var json) ? null
        : Integer(json, $"'{name}'") is >= 1 and var count ? count
        : throw Fail(json.Line, $"'{name}' is {json.Text}; it is 1 or more");

    protected PlanProvenance? ReadProvenance(Dictionary<string, LocatedJson> plan)
    {
        const string What = "'provenance'";
        if (!plan.TryGetValue("provenance", out var json))
        {
            return null;
        }

        var members = Object(json, What, known: null);
        return new PlanProvenance
        {
            ToolVersion = Text(Needed(json, members, "toolVersion", What), "'toolVersion'"),
            ProfileHash = Text(Needed(json, members, "profileHash", What), "'profileHash'"),
            CasesHash = members.TryGetValue("casesHash", out var cases) ? Text(cases, "'casesHash'") : null,
            Cases = Integer(Needed(json, members, "cases", What), "'cases'"),
            Seed = Integer(Needed(json, members, "seed", What), "'seed'"),
            Models = Object(Needed(json, members, "models", What), "'models'", known: null)
                .ToDictionary(pair => pair.Key, pair => Text(pair.Value, $"the identity of the model '{pair.Key}'"), StringComparer.Ordinal),
            Hardware = Text(Needed(json, members, "hardware", What), "'hardware'"),
            Concurrency = ReadCount(members, "concurrency"),
            UntimedCalls = ReadCount(members, "untimedCalls"),
        };
    }

    protected List<(PlanCell Cell, int Line, IReadOnlyList<KeyValuePair<string, string>> Extensions)> ReadCells(Dictionary<string, LocatedJson> plan)
    {
        List<(PlanCell, int, IReadOnlyList<KeyValuePair<string, string>>)> cells = [];
        foreach (var (node, settings) in plan.TryGetValue("cells", out var json) ? Object(json, "'cells'", known: null) : [])
        {
            foreach (var (text, value) in Object(settings, $"'{node}' in 'cells'", known: null))
            {
                var what = $"the cell '{text}' of '{node}'";
                var members = Object(value, what, known: null);
                var cell = new PlanCell(
                    node,
                    Setting.TryParse(text, out var setting) ? setting : throw Fail(value.Line, $"{what} is of no setting; a setting is model@budget"),
                    Amount(Needed(value, members, "latencySeconds", what), $"'latencySeconds' of {what}"),
                    Optional("latencyP95Seconds"))
                {
                    Accuracy = Optional("accuracy"),
                    Tokens = Optional("tokens"),
                    Samples = members.TryGetValue("samples", out var samples) ? Integer(samples, $"'samples' of {what}") : null,
                };
                if (cells.Exists(other => other.Item1.Node == node && other.Item1.Setting == setting))
                {
                    throw Fail(value.Line, $"{what} is there twice; {Recompile}");
                }

                cells.Add((cell, settings.Line, ExtensionsOf(value, PlanFormat.CellMembers)));

                double? Optional(string key) => members.TryGetValue(key, out var amount) ? Amount(amount, $"'{key}' of {what}") : null;
            }
        }

        return cells;
    }

    protected LocatedJson Needed(LocatedJson owner, Dictionary<string, LocatedJson> members, string key, string what) =>
        members.TryGetValue(key, out var value) ? value : throw Fail(owner.Line, $"{what} lacks '{key}'; {Recompile}");

    /// <summary>The members of an object that are not known, by name, as JSON.</summary>
    protected IReadOnlyList<KeyValuePair<string, string>> ExtensionsOf(LocatedJson? json, IReadOnlyCollection<string> known) => json is null ? [] :
    [
        .. json.Members.Where(member => !known.Contains(member.Name))
            .Select(member => KeyValuePair.Create(member.Name, Encoding.UTF8.GetString(Utf8, member.Value.Start, member.Value.End - member.Value.Start))),
    ];

    private void CheckVersion(LocatedJson root, Dictionary<string, LocatedJson> members)
    {
        var version = Needed(root, members, "version", "the plan");
        var number = Integer(version, "'version'");
        if (number > PlanFormat.Version)
        {
            throw Fail(version.Line, $"the plan has version {number}, and this FlowCompile reads up to {PlanFormat.Version}; update FlowCompile, or delete it and {Recompile}");
        }

        if (number < 1)
        {
            throw Fail(version.Line, $"the plan has version {number}, which never was; {Recompile}");
        }

        Version = (int)number;
    }

    private double Share(LocatedJson json, string what) =>
        Amount(json, what) is <= 1 and var share ? share : throw Fail(json.Line, $"{what} is {json.Text}; it is between 0 and 1");

    protected PlanVerification? ReadVerification(Dictionary<string, LocatedJson> plan)
    {
        const string What = "'verification'";
        if (!plan.TryGetValue("verification", out var json))
        {
            return null;
        }

        var members = Object(json, What, known: null);
        return new PlanVerification
        {
            Runs = Number(Needed(json, members, "runs", What), $"'runs' of {What}"),
            Cases = Number(Needed(json, members, "cases", What), $"'cases' of {What}"),
            Failures = members.TryGetValue("failures", out var failures) ? Number(failures, $"'failures' of {What}") : 0,
            Difference = Difference(Needed(json, members, "difference", What), $"'difference' of {What}"),
            DifferenceInterval = !members.TryGetValue("differenceInterval", out var interval) ? null
                : List(interval, $"'differenceInterval' of {What}").ConvertAll(end => Difference(end, $"an end of 'differenceInterval' of {What}")) is [var low, var high] && low <= high
                    ? new EstimateInterval(low, high)
                    : throw Fail(interval.Line, $"'differenceInterval' of {What} is no interval; write [low, high]"),
            IsConfirmed = members.TryGetValue("confirmed", out var confirmed) && (confirmed.Kind is JsonTokenType.True or JsonTokenType.False
                ? confirmed.Kind == JsonTokenType.True
                : throw Fail(confirmed.Line, $"'confirmed' of {What} is {confirmed.Description}; write true or false")),
            Structures = members.TryGetValue("structures", out var structures) ? List(structures, $"'structures' of {What}").ConvertAll(ReadStructure) : [],
            Latency = members.TryGetValue("latency", out var latency) ? ReadLatency(latency) : null,
        };

        StructureVerification ReadStructure(LocatedJson item)
        {
            const string Of = "a structure of 'verification'";
            var own = Object(item, Of, known: null);
            return new StructureVerification(
                Text(Needed(item, own, "structure", Of), $"the text of {Of}"),
                Number(Needed(item, own, "runs", Of), $"'runs' of {Of}"),
                Difference(Needed(item, own, "difference", Of), $"'difference' of {Of}"),
                Difference(Needed(item, own, "correction", Of), $"'correction' of {Of}"));
        }

        LatencyVerification ReadLatency(LocatedJson item)
        {
            const string Of = "'latency' of 'verification'";
            var own = Object(item, Of, known: null);
            return new LatencyVerification(
                Amount(Needed(item, own, "ratio", Of), $"'ratio' of {Of}"),
                Amount(Needed(item, own, "spread", Of), $"'spread' of {Of}"),
                Number(Needed(item, own, "configurations", Of), $"'configurations' of {Of}", least: 2),
                ReadCount(own, "concurrency"));
        }
    }

    private int Number(LocatedJson json, string what, int least = 0) =>
        Integer(json, what) is var number && number >= least ? number : throw Fail(json.Line, $"{what} is {json.Text}; it is {least} or more");

    // A difference of scores.
    private double Difference(LocatedJson json, string what) => json.Kind == JsonTokenType.Number
        && double.TryParse(json.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= -1 and <= 1
        ? value
        : throw Fail(json.Line, $"{what} is {json.Description}; write a number from -1 to 1");

    private LatencyQuantiles? ReadQuantiles(Dictionary<string, LocatedJson> members, string key, string what)
    {
        if (!members.TryGetValue(key, out var json))
        {
            return null;
        }

        double[] seconds = [.. List(json, $"'{key}' of {what}").Select(item => Amount(item, $"a number of '{key}' of {what}"))];
        return LatencyQuantiles.Problem(seconds) is null
            ? new LatencyQuantiles(seconds)
            : throw Fail(json.Line, $"'{key}' of {what} are no quantiles; write two or more numbers, ascending");
    }

    private EstimateInterval? ReadInterval(Dictionary<string, LocatedJson> members, string key, string what)
    {
        if (!members.TryGetValue(key, out var json))
        {
            return null;
        }

        var ends = List(json, $"'{key}' of {what}").Select(end => Amount(end, $"an end of '{key}' of {what}")).ToList();
        return ends is [var low, var high] && low <= high
            ? new EstimateInterval(low, high)
            : throw Fail(json.Line, $"'{key}' of {what} is no interval; write [low, high]");
    }
}
