using FlowCompile.Profiling.TestHost;

namespace FlowCompile.Profiling.Tests.Cells;

public sealed class CellPlannerTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private int _stores;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_sub_agent_has_a_cell_for_every_setting_and_case()
    {
        var summary = await Run().RunAsync(5);
        var expected =
            from node in new[] { "Draft", "Refine", "Guess", "Choose" }
            from model in new[] { "small", "big" }
            from budget in new[] { 0, 32 }
            from one in Enumerable.Range(1, 5)
            select (node, new Setting(model, budget), $"n{one}");

        Assert.Equal(expected.ToHashSet(), summary.Outcomes.Select(one => (one.Cell.Node, one.Cell.Setting, one.Cell.CaseId)).ToHashSet());
        Assert.Equal(summary.Planned, summary.Outcomes.Select(one => (one.Cell.Key, one.Cell.Setting)).Distinct().Count());
    }

    [Fact]
    public async Task Only_sampled_sub_agents_are_repeated_each_time_with_another_seed()
    {
        var run = Run();
        var summary = await run.RunAsync(2);

        Assert.All(summary.Outcomes.Where(one => one.Cell.Node != "Guess"), one => Assert.Equal(0, one.Cell.Repetition));
        var guesses = summary.Outcomes.Where(one => one.Cell is { Node: "Guess", CaseId: "n1" }).GroupBy(one => one.Cell.Setting).ToList();
        Assert.All(guesses, group => Assert.True(group.Select(one => one.Cell.Repetition).SequenceEqual(Enumerable.Range(0, group.Count())) && group.Count() >= 2));
        var seeds = run.Calls.Where(call => call is { Prompt: "[guess] 1", Seed: >= 0 }).GroupBy(call => (call.Model, call.Budget)).ToList();
        Assert.All(seeds, group => Assert.Equal(group.Count(), group.Select(call => call.Seed).Distinct().Count()));
        Assert.Single(seeds.Select(group => string.Join(',', group.Select(call => call.Seed).Order())).Distinct());
    }

    [Fact]
    public async Task Edited_code_changes_the_keys_of_its_sub_agent_only() =>
        AssertChanged(await Keys(Run()), await Keys(Run(EditedWorkflow.Descriptor)), cell => cell.Node == "Draft");

    [Fact]
    public async Task Another_model_behind_a_name_changes_the_keys_of_its_settings_only() =>
        AssertChanged(await Keys(Run()), await Keys(Run(identity: "big-2")), cell => cell.Setting.Model == "big");

    [Fact]
    public async Task Another_seed_changes_the_keys_of_sampled_sub_agents()
    {
        var (before, after) = (await Keys(Run()), await Keys(Run(seed: 2)));
        Assert.All(before.Where(pair => pair.Key.Node is "Draft" or "Refine"), pair => Assert.Equal(pair.Value, after[pair.Key]));
        var keys = after.Values.ToHashSet();
        Assert.All(before.Where(pair => pair.Key.Node == "Guess"), pair => Assert.DoesNotContain(pair.Value, keys));
    }

    [Fact]
    public async Task Edited_case_changes_its_own_keys_only()
    {
        var edited = ProfileRun.Cases(DoublingWorkflow.Descriptor, 4).ToList();
        edited[2] = CaseFile.Read(
            _folder.Write("edited.jsonl", """{"id": "n3", "problem": "3", "answer": 6, "note": "edited"}"""), DoublingWorkflow.Descriptor)[0];
        AssertChanged(await Keys(Run()), await Keys(Run(), edited), cell => cell.CaseId == "n3");
    }

    [Fact]
    public async Task New_budget_adds_keys_and_changes_none()
    {
        var run = Run();
        var more = new ProfileRun(run.Store) { Settings = Doubling.Settings() with { Budgets = [0, 16, 32] } };
        var (before, after) = (await Keys(run), await Keys(more));

        Assert.All(before.Where(pair => pair.Key.Variant != InputVariant.Composed), pair => Assert.Equal(pair.Value, after[pair.Key]));
        var known = run.Calls.Where(call => call.Seed is null or >= 0).ToHashSet();
        Assert.DoesNotContain(more.Calls, known.Contains);
        Assert.Contains(more.Calls, call => call.Budget == 16);
    }

    [Fact]
    public async Task Edited_score_changes_no_key_and_needs_no_call_of_a_cell()
    {
        var run = Run();
        var rescored = new ProfileRun(run.Store) { Descriptor = new ReflectedDescriptor(DoublingWorkflow.Graph, typeof(ThreeQuartersScored), typeof(NumberCase), ("problem", typeof(string))) };
        var before = await run.RunAsync(4);
        var after = await rescored.RunAsync(4);

        Assert.Equal(before.Outcomes.Select(one => one.Cell.Key), after.Outcomes.Select(one => one.Cell.Key));
        Assert.DoesNotContain(rescored.Calls, call => call.Seed is null or >= 0);
        Assert.Equal(before.Outcomes.Select(one => one.Outcome.Score * 0.75), after.Outcomes.Select(one => one.Outcome.Score));
    }

    private ProfileRun Run(WorkflowDescriptor? descriptor = null, string identity = "big-1", int seed = 1) => new(_folder.File($"{++_stores}.db"))
    {
        Descriptor = descriptor ?? DoublingWorkflow.Descriptor,
        BigIdentity = identity,
        Settings = Doubling.Settings(seed),
    };

    private static async Task<Dictionary<(string Node, Setting Setting, string CaseId, InputVariant Variant, bool, int, int, int), string>> Keys(
        ProfileRun run, IReadOnlyList<WorkflowCase>? cases = null) =>
        (await run.RunAsync(cases ?? ProfileRun.Cases(run.Descriptor, 4))).Outcomes.Select(one => one.Cell).ToDictionary(
            cell => (cell.Node, cell.Setting, cell.CaseId, cell.Variant, cell.InputsRight, cell.RightCandidates, cell.Candidates, cell.Repetition), cell => cell.Key);

    private static void AssertChanged(
        Dictionary<(string Node, Setting Setting, string CaseId, InputVariant Variant, bool, int, int, int), string> before,
        Dictionary<(string Node, Setting Setting, string CaseId, InputVariant Variant, bool, int, int, int), string> after,
        Func<(string Node, Setting Setting, string CaseId), bool> changed)
    {
        Assert.Equal(before.Where(pair => !IsChanged(pair)).ToHashSet(), after.Where(pair => !IsChanged(pair)).ToHashSet());
        var keys = after.Values.ToHashSet();
        Assert.All(before.Where(IsChanged), pair => Assert.DoesNotContain(pair.Value, keys));

        bool IsChanged(KeyValuePair<(string Node, Setting Setting, string CaseId, InputVariant Variant, bool, int, int, int), string> pair) =>
            changed((pair.Key.Node, pair.Key.Setting, pair.Key.CaseId));
    }
}
