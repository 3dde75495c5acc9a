using FlowCompile.Profiling.TestHost;

namespace FlowCompile.Profiling.Tests.Cells;

public sealed class ComposedInputTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Wrong_inputs_that_no_reference_shows_come_from_another_setting()
    {
        // Both references draft right; small@32 does not.
        var run = Run(call => call is { Model: "small", Budget: 32 } && call.Prompt.StartsWith("[draft]", StringComparison.Ordinal) ? "77" : Double(call));
        var refined = (await run.RunAsync(3)).Outcomes.Where(one => one.Cell.Node == "Refine").ToList();

        Assert.Equal(3 * 4, refined.Count(one => one.Cell is { InputsRight: true, Variant: InputVariant.Strong }));
        Assert.Equal(3 * 4, refined.Count(one => one.Cell is { InputsRight: false, Variant: InputVariant.Composed }));
        Assert.Equal(24, refined.Count);
        Assert.Equal(4, run.Calls.Count(call => call.Prompt == "[refine] 2 <hint> 77" && call.Seed is null));
    }

    [Fact]
    public async Task Right_inputs_that_no_reference_shows_come_from_another_setting()
    {
        var run = Run(call => call is { Model: "small", Budget: 32 } || !call.Prompt.StartsWith("[draft]", StringComparison.Ordinal) ? Double(call) : "77");
        var refined = (await run.RunAsync(3)).Outcomes.Where(one => one.Cell.Node == "Refine").ToList();
        Assert.Equal(3 * 4, refined.Count(one => one.Cell is { InputsRight: true, Variant: InputVariant.Composed }));
    }

    [Fact]
    public async Task Kind_of_input_that_nothing_recorded_shows_is_not_made_up()
    {
        var summary = await Run(Double).RunAsync(3);
        Assert.DoesNotContain(summary.Outcomes, one => one.Cell is { Node: "Refine", Variant: InputVariant.Composed });
        Assert.All(summary.Outcomes.Where(one => one.Cell.Node == "Choose"), one => Assert.Equal(one.Cell.Candidates, one.Cell.RightCandidates));
    }

    [Fact]
    public async Task Candidate_lists_are_recorded_outputs_with_as_many_right_ones_as_their_cells_say()
    {
        var run = new ProfileRun(_folder.File("store.db"));
        var summary = await run.RunAsync(12);
        var composed = summary.Outcomes.Where(one => one.Cell is { Node: "Choose", Variant: InputVariant.Composed }).ToList();
        var recorded = summary.Outcomes.Where(one => one.Cell.Node is "Refine" or "Guess").ToLookup(one => one.Cell.CaseId, one => one.Outcome.Output!.Trim('"'));

        Assert.NotEmpty(composed);
        foreach (var one in composed)
        {
            var number = int.Parse(one.Cell.CaseId[1..]);
            var prompts = run.Calls.Where(call => call.Prompt.StartsWith($"[choose] {number} ", StringComparison.Ordinal)).Select(call => call.Prompt).Distinct();
            var lists = prompts.Select(prompt => prompt.Split(" <cand> ")[1..]).Where(list => ContentHashOf(number, list) == one.Outcome.PromptHash).ToList();
            var list = Assert.Single(lists);
            Assert.Equal(one.Cell.Candidates, list.Length);
            Assert.Equal(one.Cell.RightCandidates, list.Count(candidate => candidate == $"{2 * number}"));
            Assert.All(list, candidate => Assert.Contains(candidate, recorded[one.Cell.CaseId]));
        }
    }

    [Fact]
    public async Task Over_the_cases_every_number_of_candidates_and_of_right_ones_occurs()
    {
        var summary = await new ProfileRun(_folder.File("store.db")).RunAsync(24);
        var kinds = summary.Rows.First(row => row.Node == "Choose").AccuracyByCandidates.Select(one => (one.Candidates, one.RightCandidates));
        Assert.Equal([(2, 0), (2, 1), (2, 2), (3, 0), (3, 1), (3, 2), (3, 3)], kinds);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Number_of_composed_lists_is_bounded(int bound)
    {
        var run = new ProfileRun(_folder.File("store.db")) { Options = new ProfilerOptions { SelectorVariants = bound } };
        var lists = (await run.RunAsync(8)).Outcomes
            .Where(one => one.Cell is { Node: "Choose", Variant: InputVariant.Composed })
            .GroupBy(one => (one.Cell.CaseId, one.Cell.Setting)).Select(group => group.Count()).ToList();
        Assert.Equal(bound, lists.DefaultIfEmpty(0).Max());
    }

    [Fact]
    public async Task Sampled_sub_agents_are_repeated_on_the_same_inputs()
    {
        var run = new ProfileRun(_folder.File("store.db")) { Options = new ProfilerOptions { Repetitions = 5 } };
        var guesses = (await run.RunAsync(2)).Outcomes.Where(one => one.Cell.Node == "Guess").ToList();
        Assert.Equal(2 * 4 * 5, guesses.Count);
        Assert.All(guesses.GroupBy(one => (one.Cell.CaseId, one.Cell.Setting)), group => Assert.Equal(Enumerable.Range(0, 5), group.Select(one => one.Cell.Repetition)));
    }

    [Fact]
    public async Task Failed_reference_run_leaves_no_gap_that_recorded_outputs_can_fill()
    {
        var run = Run(call => call is { Seed: < 0, Prompt: "[draft] 2" } ? throw new IOException("gone") : Double(call));
        var summary = await run.RunAsync(3);

        Assert.Equal(2, summary.FailedReferenceRuns);
        Assert.Equal(
            ["Draft", "Guess", "Refine", "Choose"],
            summary.Outcomes.Where(one => one.Cell is { CaseId: "n2", Variant: InputVariant.Composed }).Select(one => one.Cell.Node).Distinct());
    }

    private static string ContentHashOf(int number, string[] list) =>
        ContentHash.Of("prompts-1", "user", $"[choose] {number} {string.Join(' ', list.Select(candidate => $"<cand> {candidate}"))}");

    private ProfileRun Run(Func<FakeCall, string> answer) => new(_folder.File("store.db")) { Answer = answer };

    private static string Double(FakeCall call) => $"{2 * int.Parse(call.Prompt.Split(' ')[1])}";
}
