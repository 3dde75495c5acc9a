using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Profiling;
using FlowCompile.Settings;

namespace FlowCompile.Compilation.Tests.Estimation;

/// <summary>What of a measured profile gets into a table, and from there into the estimates of both proxies.</summary>
public class MeasuredProfileTests
{
    private static readonly WorkflowGraph s_graph = new(
        "w", [new("A", NodeKind.SubAgent, "string", [GraphInput.FromWorkflow("x", "string")]), new("B", NodeKind.SubAgent, "string", [GraphInput.FromUpstream("a", "string", "A")])], "B");

    private static readonly Setting s_setting = new("m", 0);

    [Theory]
    [InlineData(3.0, 4.0, 7.0)]
    [InlineData(3.0, null, null)]
    [InlineData(null, null, null)]
    public void Energy_of_a_run_is_known_where_that_of_every_call_is(double? first, double? second, double? both)
    {
        var table = ProfileTable.From(s_graph, Summary([("A", s_setting, first, false), ("B", s_setting, second, false)]));
        var configuration = new WorkflowConfiguration("c", new StructureSpace(s_graph).Largest, [s_setting, s_setting]);
        Assert.Equal(both, new IndependentProxy(table, Schedule.Parallel).Estimate(configuration).EnergyJoules);
        Assert.Equal(both, new PairedProxy(table.Recorded!, Schedule.Parallel).Estimate(configuration).EnergyJoules);
    }

    [Fact]
    public void Setting_with_too_many_failures_is_in_neither_table()
    {
        var other = new Setting("n", 0);
        var table = ProfileTable.From(s_graph, Summary([("A", s_setting, null, false), ("A", other, null, true), ("B", s_setting, null, false)]));
        Assert.Equal([s_setting], table.Of(0).Select(row => row.Setting));
        var configuration = new WorkflowConfiguration("c", new StructureSpace(s_graph).Largest, [other, s_setting]);
        Assert.Throws<CompileException>(() => new PairedProxy(table.Recorded!, Schedule.Parallel).Estimate(configuration));
        Assert.Throws<CompileException>(() => new IndependentProxy(table, Schedule.Parallel).Estimate(configuration));
    }

    [Fact]
    public void Cost_and_energy_have_intervals_over_what_the_calls_of_each_case_took()
    {
        // The first case takes a million tokens in each sub-agent and 3 J, the second twice as many tokens and 5 J.
        var summary = Summary([("A", s_setting, 4, false), ("B", s_setting, 4, false)]);
        summary = summary with
        {
            Rows = [.. summary.Rows.Select(row => row with { Price = new ModelPrice(1, 2), Cost = 3 })],
            Outcomes = [.. summary.Outcomes.Select(one => one with
            {
                Outcome = one.Outcome with { InputTokens = 0, OutputTokens = one.Outcome.Score == 0 ? 1_000_000 : 2_000_000, EnergyJoules = one.Outcome.Score == 0 ? 3 : 5 },
            })],
        };
        var estimate = new PairedProxy(ProfileTable.From(s_graph, summary).Recorded!, Schedule.Parallel)
            .Estimate(new WorkflowConfiguration("c", new StructureSpace(s_graph).Largest, [s_setting, s_setting]));
        Assert.Equal((6, 8), (estimate.Cost, estimate.EnergyJoules));

        // Of two cases drawn with replacement a quarter are twice the first, a quarter twice the second.
        Assert.Equal(new EstimateInterval(4, 8), estimate.CostInterval);
        Assert.Equal(new EstimateInterval(6, 10), estimate.EnergyInterval);
        var free = ProfileTable.From(s_graph, summary with { Rows = [.. summary.Rows.Select(row => row with { Price = null, Cost = 0 })] });
        Assert.Null(new PairedProxy(free.Recorded!, Schedule.Parallel).Estimate(new WorkflowConfiguration("c", new StructureSpace(s_graph).Largest, [s_setting, s_setting])).CostInterval);
    }

    private static ProfileSummary Summary((string Node, Setting Setting, double? Joules, bool IsLeftOut)[] rows) => new()
    {
        Manifest = new ProfileManifest
        {
            Workflow = "w",
            GraphHash = s_graph.Hash,
            Cases = 2,
            CasesHash = "c",
            Seed = 1,
            Reference = "m@0",
            WeakReference = "m@0",
            Models = [],
            Concurrency = 1,
            Machine = "test",
        },
        Rows =
        [
            .. rows.Select(row => new SettingSummary
            {
                Node = row.Node,
                Setting = row.Setting,
                Planned = 2,
                Measured = 2,
                Failures = row.IsLeftOut ? 1 : 0,
                FirstError = null,
                IsLeftOut = row.IsLeftOut,
                Accuracy = new Mean(0.5, 2),
                AccuracyGivenRight = new Mean(0.5, 2),
                AccuracyGivenWrong = new Mean(null, 0),
                AccuracyByCandidates = [],
                Latency = new LatencySummary(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)),
                InputTokens = 1,
                ThinkingTokens = 0,
                OutputTokens = 1,
                Cost = 0,
                EnergyJoules = row.Joules,
            }),
        ],
        Outcomes = [.. rows.SelectMany(row => new[] { 0, 1 }.Select(score => new ProfiledOutcome(Cell(row.Node, row.Setting, score), new Outcome
        {
            Failed = false, Score = score, Latency = TimeSpan.FromSeconds(1), InputTokens = 1, OutputTokens = 1, Output = "\"x\"", OutputHash = "h", EnergyJoules = row.Joules,
        })))],
        Planned = 2 * rows.Length,
        ProfileHash = "sha256:0",
    };

    private static ProfileCell Cell(string node, Setting setting, int place) => new()
    {
        Key = $"{node} {setting} {place}",
        Node = node,
        Setting = setting,
        CaseId = $"{place}",
        CaseHash = $"{place}",
        Variant = InputVariant.Strong,
        Repetition = 0,
        InputsRight = true,
        RightCandidates = 0,
        Candidates = 0,
    };
}
