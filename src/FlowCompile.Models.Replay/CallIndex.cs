using FlowCompile.Text;

namespace FlowCompile.Models.Replay;

/// <summary>The recorded calls of one model, found by prompt, budget and seed.</summary>
internal sealed class CallIndex
{
    private const int Quoted = 60;
    private readonly Dictionary<string, List<RecordedCall>> _calls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _cutIds = new(StringComparer.Ordinal);
    private readonly HashSet<int> _cutLengths = [];
    private readonly IReadOnlyList<ReasoningLevel>? _levels;

    private CallIndex(IReadOnlyList<ReasoningLevel>? levels) => _levels = levels;

    /// <summary>Reads the calls of a model out of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model, or a setting of it as the record names it.</param>
    /// <param name="levels">Which level of the record each budget stands for; <see langword="null"/> where the record has budgets, or one level only.</param>
    /// <exception cref="ReplayFileException">The file is malformed, or has no calls of the model under the levels.</exception>
    public static CallIndex Read(string path, string model, IReadOnlyList<ReasoningLevel>? levels)
    {
        var index = new CallIndex(levels);
        var (models, found) = (new SortedSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var (ofSetting, ofModel) = (new List<RecordedCall>(), new List<RecordedCall>());
        foreach (var call in RecordedCalls.Read(path))
        {
            (call.Setting == model ? ofSetting : call.Model == model ? ofModel : null)?.Add(call);
            models.Add(call.Model);
        }

        var calls = ofSetting.Count > 0 && levels is null ? ofSetting : [.. ofSetting, .. ofModel];
        foreach (var call in calls)
        {
            found.Add(call.Level ?? "");
            if (!index._calls.TryGetValue(call.Prompt, out var list))
            {
                index._calls[call.Prompt] = list = [];
            }

            list.Add(call);
        }

        if (calls.Count == 0)
        {
            throw new ReplayFileException(path, null, $"it has no calls of the model '{OutsideText.Show(model)}'; it has: {string.Join(", ", models.Take(20).Select(name => OutsideText.Show(name, Quoted)))}{(models.Count > 20 ? ", ..." : "")}");
        }

        if (levels is null && found.Count > 1)
        {
            throw new ReplayFileException(
                path, null, $"the model '{OutsideText.Show(model)}' was recorded at the levels {string.Join(", ", found.Order(StringComparer.Ordinal))}; say with 'efforts' which budget each stands for, for example \"{string.Join("=0, ", found.Order(StringComparer.Ordinal))}\"");
        }

        if (levels?.FirstOrDefault(level => !found.Contains(level.Name)) is { } missing)
        {
            throw new ReplayFileException(path, null, $"the model '{OutsideText.Show(model)}' was not recorded at the level '{missing.Name}'; it has: {string.Join(", ", found.Order(StringComparer.Ordinal))}");
        }

        index.ReadQueries(path);
        return index;
    }

    /// <summary>Finds the record of a call.</summary>
    /// <param name="prompt">The prompt; for a table the id or text of a query, alone or as the last line.</param>
    /// <param name="budget">The budget; <see langword="null"/> for none.</param>
    /// <param name="seed">The seed; of several draws without recorded seeds, it chooses one.</param>
    /// <param name="problem">Why there is none.</param>
    public RecordedCall? Find(string prompt, int? budget, long? seed, out string problem)
    {
        var calls = ByPrompt(prompt) ?? ByPrompt(prompt.Trim()) ?? ByPrompt(LastLine(prompt));
        problem = $"no call is recorded with the prompt '{Quote(prompt)}'";
        if (calls is null)
        {
            return null;
        }

        var level = _levels is null ? null : ReasoningLevel.For(_levels, budget ?? int.MaxValue).Name;
        List<RecordedCall> fitting = [.. calls.Where(call => (level is null || call.Level == level) && (call.Budget is null || call.Budget == budget))];
        problem = $"the prompt '{Quote(prompt)}' is not recorded {(level is null ? $"under the budget {budget?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}" : $"at the level {level}")}";
        if (fitting.Count == 0)
        {
            return null;
        }

        List<RecordedCall> draws = [.. fitting.Where(call => call.Seed is null)];
        problem = $"the prompt '{Quote(prompt)}' is not recorded with the seed {seed}";
        return fitting.Find(call => call.Seed is not null && call.Seed == seed)
            ?? (draws.Count > 0 ? draws[(int)((ulong)(seed ?? 0) % (ulong)draws.Count)] : seed is null ? fitting[0] : null);
    }

    private static string LastLine(string prompt)
    {
        var text = prompt.AsSpan().TrimEnd();
        return text[(text.LastIndexOf('\n') + 1)..].Trim().ToString();
    }

    private static string Quote(string text)
    {
        return OutsideText.Show(text.ReplaceLineEndings(" ").Trim(), Quoted);
    }

    private List<RecordedCall>? ByPrompt(string prompt)
    {
        if (_calls.TryGetValue(prompt, out var calls) || (_ids.TryGetValue(prompt, out var id) && _calls.TryGetValue(id, out calls)))
        {
            return calls;
        }

        foreach (var length in _cutLengths)
        {
            if (prompt.Length > length && _cutIds.TryGetValue(prompt[..length], out id) && _calls.TryGetValue(id, out calls))
            {
                return calls;
            }
        }

        return null;
    }

    private void ReadQueries(string path)
    {
        if (!RecordedFile.IsTable(path) || RecordedFile.QueriesOf(path) is not { } queries)
        {
            return;
        }

        foreach (var (id, text, cut) in CallReader.ReadQueries(queries))
        {
            (cut ? _cutIds : _ids).TryAdd(cut ? text : text.Trim(), id);
            if (cut)
            {
                _cutLengths.Add(text.Length);
            }
        }
    }
}
