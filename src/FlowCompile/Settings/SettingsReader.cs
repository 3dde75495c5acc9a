using System.Text.Json;
using FlowCompile.Json;
using FlowCompile.Text;

namespace FlowCompile.Settings;

/// <summary>Reads <c>flowcompile.json</c> and says of everything it does not accept where it stands and what to write.</summary>
internal sealed class SettingsReader(string file) : LocatedReader
{
    private static readonly string[] s_keys = ["$schema", "models", "budgets", "workflows", "deployment"];
    private static readonly string[] s_workflowKeys =
        ["cases", "test", "reference", "weakReference", "schedule", "proxy", "settingPer", "objectives", "keepAll", "limits", "seed", "maxFailures", "judge"];
    private static readonly string[] s_judgeKeys = ["setting", "rubric", "rubrics", "checks"];
    private static readonly string[] s_priceKeys = ["inputPerMillion", "outputPerMillion", "cachedInputPerMillion"];
    private static readonly string[] s_schedules = ["parallel", "sequential", "superstep"];
    private static readonly string[] s_proxies = ["paired", "independent"];
    private static readonly string[] s_settingPer = ["node", "call"];
    private readonly string _folder = Path.GetDirectoryName(file)!;
    private readonly ModelOptionReader _options = new(file);

    public ProjectSettings Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith("\uFEFF"u8))
        {
            utf8 = utf8[3..];
        }

        LocatedJson root;
        try
        {
            root = LocatedJson.ParseLenient(utf8);
        }
        catch (JsonException e)
        {
            throw new SettingsException(file, (int?)e.LineNumber + 1, $"it is not valid JSON: {LocatedJson.Reason(e)}", e);
        }

        var members = Object(root, "the file", s_keys);
        var models = ReadModels(Require(root, members, "models", "the file", "\"models\": { \"nano\": { \"onnx\": \"models/nano\" } }"));
        var budgets = ReadBudgets(Require(root, members, "budgets", "the file", "\"budgets\": [0, 16, 64]"));
        var workflows = members.TryGetValue("workflows", out var section)
            ? Object(section, "'workflows'", known: null).Select(pair => ReadWorkflow(pair.Key, pair.Value, models, budgets)).ToList()
            : [];
        return new ProjectSettings
        {
            File = file,
            Models = models,
            Budgets = budgets,
            Workflows = workflows,
            Deployment = members.TryGetValue("deployment", out var deployment)
                ? new DeploymentReader(file, [.. models.Select(model => model.Name)], [.. workflows.Select(workflow => workflow.Name)]).Read(deployment)
                : null,
        };
    }

    private List<ModelSettings> ReadModels(LocatedJson json)
    {
        var models = Object(json, "'models'", known: null).Select(pair => ReadModel(pair.Key, pair.Value)).ToList();
        return models.Count > 0 ? models : throw Fail(json.Line, "'models' is empty; add at least one model");
    }

    private ModelSettings ReadModel(string name, LocatedJson json)
    {
        var what = $"the model '{name}'";
        if (name.Length == 0 || name.Contains('@') || name.Any(char.IsWhiteSpace))
        {
            throw Fail(json.Line, $"'{name}' cannot name a model: use a name without spaces and without '@'");
        }

        var written = Object(json, what, known: null);
        var providers = ModelProvider.All.Where(provider => written.ContainsKey(provider.Key)).ToList();
        var options = providers.SelectMany(provider => provider.Options.Keys).ToList();
        string[] known = [.. ModelProvider.All.Select(provider => provider.Key), .. providers.Count == 0 ? ModelProvider.All.SelectMany(p => p.Options.Keys) : options, "price"];
        Object(json, what, known);
        if (providers.Count != 1)
        {
            throw Fail(json.Line, $"{what} needs exactly one of these keys to say where it is: {string.Join(", ", ModelProvider.All.Select(p => p.Key))}");
        }

        var provider = providers[0];
        var source = Text(written[provider.Key], $"'{provider.Key}' of {what}");
        return new ModelSettings
        {
            Name = name,
            Provider = provider.Key,
            Source = provider.IsPath ? PathOf(source) : source,
            Options = options.Where(written.ContainsKey).ToDictionary(key => key, key => _options.Read(written[key], $"'{key}' of {what}", provider.Options[key])),
            Price = written.TryGetValue("price", out var price) ? ReadPrice(price, what) : null,
            File = file,
            Line = json.Line,
        };
    }

    private ModelPrice ReadPrice(LocatedJson json, string what)
    {
        var members = Object(json, $"'price' of {what}", s_priceKeys);
        return new ModelPrice(Price("inputPerMillion") ?? 0, Price("outputPerMillion") ?? 0) { CachedInputPerMillion = Price("cachedInputPerMillion") };

        double? Price(string key) => members.TryGetValue(key, out var value) ? Amount(value, $"'{key}' of {what}") : null;
    }

    private List<int> ReadBudgets(LocatedJson json)
    {
        if (json.Kind != JsonTokenType.StartArray || json.Items.Count == 0)
        {
            throw Fail(json.Line, $"'budgets' is {(json.Kind == JsonTokenType.StartArray ? "empty" : json.Description)}; write a list of thinking tokens, for example [0, 16, 64]");
        }

        var budgets = new List<int>();
        foreach (var item in json.Items)
        {
            var budget = Integer(item, "a budget");
            if (budget < 0)
            {
                throw Fail(item.Line, $"the budget {budget} is negative; a budget is 0 (answer at once) or more");
            }

            if (budgets.Count > 0 && budget <= budgets[^1])
            {
                throw Fail(item.Line, budgets.Contains(budget)
                    ? $"the budget {budget} is there twice; write each once"
                    : $"the budget {budget} comes after {budgets[^1]}; write them in ascending order");
            }

            budgets.Add(budget);
        }

        return budgets;
    }

    private WorkflowSettings ReadWorkflow(string name, LocatedJson json, List<ModelSettings> models, List<int> budgets)
    {
        var what = $"the workflow '{name}'";
        var members = Object(json, what, s_workflowKeys);
        var space = new SearchSpaceReader(file, [.. models.Select(model => model.Name)]);
        var defaults = new WorkflowSettings { Name = "", Cases = "", Reference = default, WeakReference = default };
        return new WorkflowSettings
        {
            Name = name,
            Cases = PathOf(Text(Require(json, members, "cases", what, "\"cases\": \"data/validate.jsonl\""), $"'cases' of {what}")),
            Test = members.TryGetValue("test", out var test) ? PathOf(Text(test, $"'test' of {what}")) : null,
            Reference = ReadSetting("reference") ?? new Setting(models[^1].Name, budgets[^1]),
            WeakReference = ReadSetting("weakReference") ?? new Setting(models[0].Name, budgets[0]),
            Schedule = members.TryGetValue("schedule", out var schedule) ? OneOf(schedule, $"'schedule' of {what}", s_schedules) : s_schedules[0],
            Proxy = members.TryGetValue("proxy", out var proxy) ? OneOf(proxy, $"'proxy' of {what}", s_proxies) : s_proxies[0],
            SettingPer = members.TryGetValue("settingPer", out var per) ? OneOf(per, $"'settingPer' of {what}", s_settingPer) : s_settingPer[0],
            Objectives = members.TryGetValue("objectives", out var objectives) ? space.ReadObjectives(objectives, $"'objectives' of {what}") : defaults.Objectives,
            KeepAll = members.TryGetValue("keepAll", out var keep) && Boolean(keep, $"'keepAll' of {what}"),
            Limits = members.TryGetValue("limits", out var limits) ? space.ReadLimits(limits, $"'limits' of {what}") : defaults.Limits,
            Seed = members.TryGetValue("seed", out var seed) ? Integer(seed, $"'seed' of {what}") : 1,
            MaxFailures = members.TryGetValue("maxFailures", out var failures) ? Share(failures, $"'maxFailures' of {what}") : WorkflowSettings.DefaultMaxFailures,
            Judge = members.TryGetValue("judge", out var judge) ? ReadJudge(judge, $"'judge' of {what}", models, budgets) : null,
        };

        Setting? ReadSetting(string key) => members.TryGetValue(key, out var value) ? SettingOf(value, $"'{key}' of {what}", models, budgets) : null;
    }

    private JudgeSettings ReadJudge(LocatedJson json, string what, List<ModelSettings> models, List<int> budgets)
    {
        var members = Object(json, what, s_judgeKeys);
        var setting = Require(json, members, "setting", what, $"\"setting\": \"{models[^1].Name}@{budgets[^1]}\"");
        var checks = members.TryGetValue("checks", out var number) ? Integer(number, $"'checks' of {what}") : 50;
        return new JudgeSettings
        {
            Setting = SettingOf(setting, $"'setting' of {what}", models, budgets),
            Rubric = members.TryGetValue("rubric", out var rubric) ? Prose(rubric, $"'rubric' of {what}") : JudgeSettings.DefaultRubric,
            Rubrics = members.TryGetValue("rubrics", out var rubrics)
                ? Object(rubrics, $"'rubrics' of {what}", known: null).ToDictionary(pair => pair.Key, pair => Prose(pair.Value, $"the rubric of '{pair.Key}'"))
                : new Dictionary<string, string>(),
            Checks = checks >= 0 ? checks : throw Fail(number!.Line, $"'checks' of {what} is {checks}; write 0 or more"),
        };
    }

    private Setting SettingOf(LocatedJson json, string what, List<ModelSettings> models, List<int> budgets)
    {
        var text = Text(json, what);
        if (!Setting.TryParse(text, out var setting))
        {
            throw Fail(json.Line, $"{what} is \"{text}\"; write model@budget, for example {models[^1].Name}@{budgets[^1]}");
        }

        return models.Exists(model => model.Name == setting.Model)
            ? setting
            : throw Fail(json.Line, $"{what} names the model '{setting.Model}', which is not under 'models'; {NearestName.Suggest(setting.Model, [.. models.Select(m => m.Name)])}");
    }

    private double Share(LocatedJson json, string what) => Amount(json, what) is <= 1 and var share
        ? share
        : throw Fail(json.Line, $"{what} is {json.Text}; write a number from 0 to 1");

    private string PathOf(string path)
    {
        try
        {
            return Path.GetFullPath(path, _folder);
        }
        catch (ArgumentException e)
        {
            throw new SettingsException(file, null, $"'{path.Replace("\0", "\\0", StringComparison.Ordinal)}' cannot be a path", e);
        }
    }

    protected override SettingsException Fail(int line, ShownText problem) => new(file, line, problem.ToString());
}
