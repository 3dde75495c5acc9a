using System.Globalization;
using System.Text.Json;
using FlowCompile.Profiling;

namespace FlowCompile.Tool.Benchmarks;

/// <summary>A profile store that holds the published profile of mathematics: of every sub-agent under every setting one outcome, which is its mean.</summary>
internal static class PublishedStore
{
    private const string Scorer = "published";

    public static void Write(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "math_s1.json")));
        var profile = json.RootElement.GetProperty("profile");
        var one = new WorkflowCase("mean", new string('0', 64), ["mean"], null, "{}");
        var plan = new ProfilePlan([one]);
        using var store = ProfileStore.Open(path);
        var rows = profile.EnumerateObject().SelectMany(agent => agent.Value.EnumerateArray().Select(row => (Planned: Cell(agent.Name, row, one), Row: row))).ToList();
        plan.Add(rows.Select(pair => pair.Planned));
        store.Cells.Begin(Manifest(rows.Select(pair => pair.Planned.Cell.Setting.Model).Distinct()), plan);
        foreach (var (planned, row) in rows)
        {
            var outcome = new Outcome
            {
                Failed = false,
                Score = row.GetProperty("accuracy").GetDouble(),
                Latency = TimeSpan.FromSeconds(row.GetProperty("latency").GetDouble()),
                Output = "\"\"",
                OutputHash = "none",
                Concurrency = 1,
            };
            store.Outcomes.Add(planned, outcome, Scorer, DateTimeOffset.UnixEpoch);
        }
    }

    private static PlannedCell Cell(string agent, JsonElement row, WorkflowCase one)
    {
        var name = string.Concat(agent.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        var text = row.GetProperty("setting").GetString()!.Split("_budget_");
        var setting = new Setting(text[0], int.Parse(text[1], CultureInfo.InvariantCulture));
        var cell = new ProfileCell
        {
            Key = $"{name} {setting}",
            Node = name,
            Setting = setting,
            CaseId = one.Id,
            CaseHash = one.Hash,
            Variant = InputVariant.Strong,
            Repetition = 0,
            InputsRight = true,
            RightCandidates = 0,
            Candidates = 0,
        };
        return new PlannedCell(cell, MathWorkflow.Graph.IndexOf(name), one, new StoredInputs("[]"), setting.Model, null);
    }

    private static ProfileManifest Manifest(IEnumerable<string> models) => new()
    {
        Workflow = "math",
        GraphHash = MathWorkflow.Graph.Hash,
        Cases = 1,
        CasesHash = new string('0', 64),
        Seed = 1,
        Reference = "none",
        WeakReference = "none",
        Models = [.. models.Select(model => new ProfiledModel(model, model, null))],
        Concurrency = 1,
        Machine = "the published system's",
    };
}
