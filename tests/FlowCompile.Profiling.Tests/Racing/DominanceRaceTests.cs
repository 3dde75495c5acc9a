using FlowCompile.Profiling.TestHost;

namespace FlowCompile.Profiling.Tests.Racing;

public sealed class DominanceRaceTests
{
    private static readonly Setting s_fast = new("small", 0);
    private static readonly Setting s_slow = new("small", 32);
    private readonly DominanceRace _race = new(Doubling.Settings());

    [Fact]
    public void Slower_and_worse_is_dropped() =>
        Assert.Equal([s_slow], Drop(Of(s_fast, 40, 1, i => 1), Of(s_slow, 40, 2, i => i % 2)));

    [Fact]
    public void Slower_and_better_stays() => Assert.Empty(Drop(Of(s_fast, 400, 1, i => i % 2), Of(s_slow, 400, 2, i => 1)));

    [Theory]
    [InlineData(60, false)]
    [InlineData(200, true)]
    public void Slower_and_as_good_is_dropped_when_enough_cases_agree(int cases, bool dropped) =>
        Assert.Equal(dropped ? [s_slow] : [], Drop(Of(s_fast, cases, 1, i => i % 3 == 0 ? 1 : 0), Of(s_slow, cases, 2, i => i % 3 == 0 ? 1 : 0)));

    [Fact]
    public void Better_on_wrong_inputs_alone_stays() => Assert.Empty(Drop(
        [.. Of(s_fast, 300, 1, i => 1), .. Of(s_fast, 300, 1, i => 0, inputsRight: false)],
        [.. Of(s_slow, 300, 2, i => 1), .. Of(s_slow, 300, 2, i => i % 10 == 0 ? 1 : 0, inputsRight: false)]));

    [Fact]
    public void Few_cases_drop_nothing() => Assert.Empty(Drop(Of(s_fast, 19, 1, i => 1), Of(s_slow, 19, 2, i => 0)));

    [Fact]
    public void Uncertain_latency_drops_nothing() =>
        Assert.Empty(Drop(Of(s_fast, 40, 1, i => 1, noise: 30), Of(s_slow, 40, 1.5, i => 0, noise: 20)));

    [Fact]
    public void Cheaper_one_stays() => Assert.Empty(Drop(Of(new Setting("big", 0), 200, 1, i => 1), Of(s_slow, 200, 2, i => 0)));

    [Fact]
    public void Failures_count_neither_way() =>
        Assert.Empty(Drop(Of(s_fast, 300, 1, i => 1), [.. Of(s_slow, 300, 2, i => 0).Select(one => one with { Outcome = one.Outcome with { Failed = true, Score = null } })]));

    [Fact]
    public void One_of_settings_that_are_all_alike_stays() =>
        Assert.Equal([new Setting("small", 64), s_slow], Drop(Of(s_fast, 500, 1, i => 1), Of(s_slow, 500, 1, i => 1), Of(new Setting("small", 64), 500, 1, i => 1)));

    [Fact]
    public void What_is_dropped_is_seldom_better_by_more_than_the_tolerance()
    {
        var random = new Random(11);
        var (drops, wrong) = (0, 0);
        for (var trial = 0; trial < 300; trial++)
        {
            var (fast, slow) = (random.NextDouble(), random.NextDouble());
            var hard = Enumerable.Range(0, 80).Select(_ => random.NextDouble()).ToArray();
            if (Drop(Of(s_fast, 80, 1, i => hard[i] < fast ? 1 : 0), Of(s_slow, 80, 2, i => hard[i] < slow ? 1 : 0)).Count > 0)
            {
                drops++;
                wrong += slow > fast + _race.Tolerance ? 1 : 0;
            }
        }

        Assert.InRange(drops, 60, 200);
        Assert.InRange(wrong, 0, drops / 50);
    }

    private List<Setting> Drop(params List<ProfiledOutcome>[] outcomes) => [.. _race.Drop([.. outcomes.SelectMany(list => list)]).Select(one => one.Setting)];

    private static List<ProfiledOutcome> Of(Setting setting, int cases, double seconds, Func<int, double> score, bool inputsRight = true, double noise = 0) =>
    [
        .. Enumerable.Range(0, cases).Select(i => new ProfiledOutcome(
            new ProfileCell
            {
                Key = $"{setting} {i} {inputsRight}",
                Node = "Draft",
                Setting = setting,
                CaseId = $"n{i}",
                CaseHash = $"h{i}",
                Variant = inputsRight ? InputVariant.Strong : InputVariant.Weak,
                Repetition = 0,
                InputsRight = inputsRight,
                RightCandidates = 0,
                Candidates = 0,
            },
            new Outcome { Failed = false, Score = score(i), Latency = TimeSpan.FromSeconds(seconds + (i % 7 == 0 ? noise : 0)), InputTokens = 10, OutputTokens = 2 })),
    ];
}
