namespace FlowCompile.Profiling.Tests.Cells;

/// <summary>The strong reference is always right and the weak one always wrong, so that what each variant holds is known.</summary>
public sealed class InducedInputTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Right_and_wrong_upstream_outputs_are_kept_apart()
    {
        var run = Run();
        var summary = await run.RunAsync(4);
        var refined = summary.Outcomes.Where(one => one.Cell.Node == "Refine").ToList();

        Assert.Equal(4 * 4, refined.Count(one => one.Cell is { InputsRight: true, Variant: InputVariant.Strong }));
        Assert.Equal(4 * 4, refined.Count(one => one.Cell is { InputsRight: false, Variant: InputVariant.Weak }));
        Assert.Equal(32, refined.Count);
        var row = summary.Rows.Single(row => row is { Node: "Refine", Setting: { Model: "small", Budget: 0 } });
        Assert.Equal(new Mean(1, 4), row.AccuracyGivenRight);
        Assert.Equal(new Mean(0, 4), row.AccuracyGivenWrong);
        Assert.Equal(new Mean(0.5, 8), row.Accuracy);
        Assert.Contains(run.Calls, call => call.Prompt == "[refine] 3 <hint> 6" && call.Seed is null);
        Assert.Contains(run.Calls, call => call.Prompt == "[refine] 3 <hint> 7" && call.Seed is null);
    }

    [Fact]
    public async Task Selector_cells_count_their_right_candidates()
    {
        var summary = await Run().RunAsync(4);
        var chosen = summary.Outcomes.Where(one => one.Cell.Node == "Choose").ToList();

        Assert.All(chosen.Where(one => one.Cell.Variant == InputVariant.Strong), one => Assert.Equal((3, 3, true), (one.Cell.RightCandidates, one.Cell.Candidates, one.Cell.InputsRight)));
        Assert.All(chosen.Where(one => one.Cell.Variant == InputVariant.Weak), one => Assert.Equal((0, 3, false), (one.Cell.RightCandidates, one.Cell.Candidates, one.Cell.InputsRight)));
        Assert.Contains(chosen, one => one.Cell.Variant == InputVariant.Strong);
        Assert.Contains(chosen, one => one.Cell.Variant == InputVariant.Weak);
    }

    [Fact]
    public async Task Inputs_that_both_references_agree_on_are_measured_once()
    {
        var summary = await new ProfileRun(_folder.File("store.db")) { Answer = call => $"{2 * int.Parse(call.Prompt.Split(' ')[1])}" }.RunAsync(3);
        Assert.All(summary.Outcomes, one => Assert.NotEqual(InputVariant.Weak, one.Cell.Variant));
        Assert.Equal(3 * 4, summary.Outcomes.Count(one => one.Cell.Node == "Refine"));
    }

    // Big is right; small adds one, copies its hint, and takes the first candidate.
    private ProfileRun Run() => new(_folder.File("store.db"))
    {
        Answer = call => call.Prompt.Split(' ') switch
        {
            ["[refine]", _, _, var hint] => hint,
            ["[choose]", _, _, var first, ..] => first,
            [_, var number] => $"{(2 * int.Parse(number)) + (call.Model == "big" ? 0 : 1)}",
            _ => throw new InvalidOperationException(call.Prompt),
        },
    };
}
