namespace FlowCompile.Compilation.Tests.Racing;

public sealed class RaceTokensTests
{
    // One decode of 110 tokens serves all three: 10 of an answer each, and 20, 50 and 80 of thinking, of which the largest pays for all.
    private static readonly RaceSetting[] s_shared =
    [
        new(0, 0, new Setting("m", 0), 30, 20),
        new(1, 0, new Setting("m", 8), 60, 50),
        new(2, 0, new Setting("m", 16), 90, 80),
    ];

    [Fact]
    public void Largest_budget_pays_for_the_thinking_of_all() => Assert.Equal(110, RaceTokens.Decoded(s_shared));

    [Fact]
    public void Leaving_out_the_middle_saves_its_answer_alone_and_leaving_out_the_largest_all_that_none_shares()
    {
        Assert.Equal(100, RaceTokens.Decoded([s_shared[0], s_shared[2]]));
        Assert.Equal(70, RaceTokens.Decoded([s_shared[0], s_shared[1]]));
        Assert.Equal(30, RaceTokens.Decoded([s_shared[0]]));
        Assert.Equal(0, RaceTokens.Decoded([]));
    }

    [Fact]
    public void Other_models_and_sub_agents_share_nothing() =>
        Assert.Equal(330, RaceTokens.Decoded([.. s_shared, .. s_shared.Select(one => one with { Node = 1 }), .. s_shared.Select(one => one with { Setting = one.Setting with { Model = "n" } })]));

    [Fact]
    public void A_setting_may_go_alone_or_with_all_larger_budgets_of_its_model()
    {
        var units = RaceTokens.Units([.. s_shared, new RaceSetting(3, 0, new Setting("n", 0), 10, 0)]).Select(unit => string.Join(",", unit.Select(one => one.Place).Order()));
        Assert.Equal(["0", "0,1,2", "1", "1,2", "2", "3"], units.Order(StringComparer.Ordinal));
    }
}
