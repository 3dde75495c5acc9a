using FlowCompile.Json;
using FlowCompile.Text;

namespace FlowCompile.Settings;

/// <summary>Reads what a workflow's section says of its plan: <c>objectives</c> and <c>limits</c>.</summary>
internal sealed class SearchSpaceReader(string file, IReadOnlyCollection<string> models) : LocatedReader
{
    private static readonly string[] s_objectives = ["accuracy", "latency", "cost", "energy"];
    private static readonly string[] s_allKeys = ["models", "budgets"];
    private static readonly string[] s_keys = [.. s_allKeys, "setting", "minCount", "maxCount"];

    public IReadOnlyList<string> ReadObjectives(LocatedJson json, string what)
    {
        var objectives = List(json, what).ConvertAll(one => OneOf(one, $"an objective in {what}", s_objectives));
        return objectives.Distinct(StringComparer.Ordinal).Count() is var different && different < objectives.Count
            ? throw Fail(json.Line, $"{what} names an objective twice; keep one")
            : different < 2 ? throw Fail(json.Line, $"{what} needs two objectives or more, of {string.Join(", ", s_objectives)}")
            : objectives;
    }

    public IReadOnlyDictionary<string, SubAgentLimitSettings> ReadLimits(LocatedJson json, string what) =>
        Object(json, what, known: null).ToDictionary(pair => pair.Key, pair => ReadLimit(pair.Key, pair.Value, $"'{pair.Key}' in {what}"), StringComparer.Ordinal);

    protected override SettingsException Fail(int line, ShownText problem) => new(file, line, problem.ToString());

    private SubAgentLimitSettings ReadLimit(string name, LocatedJson json, string what)
    {
        var members = Object(json, what, name == WorkflowSettings.AllSubAgents ? s_allKeys : s_keys);
        var min = members.TryGetValue("minCount", out var least) ? Count(least, $"'minCount' of {what}") : 0;
        int? max = members.TryGetValue("maxCount", out var most) ? Count(most, $"'maxCount' of {what}") : null;
        return max < min
            ? throw Fail(most!.Line, $"'maxCount' of {what} is {max}, below its 'minCount' {min}; write at least as much")
            : new SubAgentLimitSettings
            {
                Models = members.TryGetValue("models", out var names) ? Some(names, $"'models' of {what}", one => OneOf(one, $"a model in 'models' of {what}", models)) : [],
                Budgets = members.TryGetValue("budgets", out var budgets) ? Some(budgets, $"'budgets' of {what}", one => Count(one, $"a budget in 'budgets' of {what}")) : [],
                Setting = members.TryGetValue("setting", out var setting) ? ReadSetting(setting, $"'setting' of {what}") : null,
                MinCount = min,
                MaxCount = max,
            };
    }

    // An empty list would allow nothing, or seem to.
    private List<T> Some<T>(LocatedJson json, string what, Converter<LocatedJson, T> read) => List(json, what) is { Count: > 0 } items
        ? items.ConvertAll(read)
        : throw Fail(json.Line, $"{what} is empty; name at least one, or leave it out to allow all");

    private int Count(LocatedJson json, string what) => Integer(json, what) is >= 0 and var count
        ? count
        : throw Fail(json.Line, $"{what} is {json.Text}; write 0 or more");

    private Setting ReadSetting(LocatedJson json, string what)
    {
        var text = Text(json, what);
        return !Setting.TryParse(text, out var setting) ? throw Fail(json.Line, $"{what} is \"{text}\"; write model@budget, for example {models.First()}@0")
            : models.Contains(setting.Model) ? setting
            : throw Fail(json.Line, $"{what} names the model '{setting.Model}', which is not under 'models'; {NearestName.Suggest(setting.Model, models)}");
    }
}
