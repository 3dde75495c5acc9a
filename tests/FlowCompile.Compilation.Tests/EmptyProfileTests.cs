using FlowCompile.Graph;
using FlowCompile.Plans;
using FlowCompile.Profiling;
using static FlowCompile.Compilation.Tests.Nodes;

namespace FlowCompile.Compilation.Tests;

/// <summary>Profiles without calls, without cases, or without rows: an error that says what is missing and what to do.</summary>
public sealed class EmptyProfileTests
{
    private static readonly Setting s_setting = new("m", 0);
    private static readonly WorkflowGraph s_graph = new("w", [Agent("A"), Replicas("B", 1, 2), Agent("S", Problem, FromAny(2, "A", "B"))], "S");

    [Theory]
    [InlineData(Schedule.Sequential)]
    [InlineData(Schedule.Parallel)]
    [InlineData(Schedule.Superstep)]
    public void Setting_without_calls_is_not_measured_whatever_asks(Schedule schedule) =>
        Everything(Table(cases: 2, withoutCalls: "B"), schedule, "'B' was not measured under m@0; run 'flowcompile profile' again.");

    [Theory]
    [InlineData(Schedule.Sequential)]
    [InlineData(Schedule.Parallel)]
    [InlineData(Schedule.Superstep)]
    public void Profile_without_cases_says_so_whatever_asks(Schedule schedule) =>
        Everything(Table(cases: 0, withoutCalls: null), schedule, "The profile of workflow 'w' has no recorded case; run 'flowcompile profile' on one case or more.");

    [Fact]
    public void Profile_without_any_call_is_not_measured()
    {
        var table = new ProfileTable(s_graph, Rows("A", "B", "S")) { Recorded = new RecordedOutcomes(s_graph, 2, []) };
        Assert.Contains("was not measured under m@0", Assert.Throws<CompileException>(() => FlowCompiler.Compile(table)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ProxyKind.Paired)]
    [InlineData(ProxyKind.Independent)]
    public void Table_without_rows_says_which_sub_agents_were_not_measured(ProxyKind proxy)
    {
        foreach (var table in new[]
        {
            new ProfileTable(s_graph, Rows()), new ProfileTable(s_graph, Rows()) { Recorded = new RecordedOutcomes(s_graph, 0, []) },
            ProfileTable.From(s_graph, Summary()),
        })
        {
            var error = Assert.Throws<CompileException>(() => FlowCompiler.Compile(table, new CompileOptions { Proxy = proxy }));
            Assert.Equal("Workflow 'w' has no structure whose sub-agents were all measured; not measured: A, B, S. Run 'flowcompile profile'.", error.Message);
            Assert.Empty(BaselineFinder.Find(table, new IndependentProxy(table, Schedule.Parallel)));
            Assert.Empty(RandomConfigurations.Draw(table, 5));
            Assert.Throws<CompileException>(() => new SensitivityAnalysis(table, new CompileOptions { Proxy = proxy }).Of(Largest()));
        }
    }

    [Fact]
    public void Nothing_tested_compares_as_nothing()
    {
        var comparison = FidelityComparison.Of([], new ProfileTable(s_graph, Rows("A", "B", "S")), Schedule.Parallel);
        Assert.Equal(0, comparison.Configurations);
        Assert.All(comparison.Overall, one => Assert.Null(one.Accuracy.Bias));
    }

    [Fact]
    public void Race_without_outcomes_drops_nothing_and_goes_on()
    {
        var race = new FrontierRace(s_graph, Racing.RaceOutcomes.Settings);
        Assert.Empty(race.Drop([]));
        Assert.Null(race.Settle([]));
    }

    private static void Everything(ProfileTable table, Schedule schedule, string message)
    {
        var options = new CompileOptions { Schedule = schedule };
        var proxy = new PairedProxy(table.Recorded!, schedule);
        Action[] all =
        [
            () => proxy.Estimate(Largest()),
            () => proxy.Evaluate(Largest().Structure, Largest().Settings),
            () => proxy.BorrowedShare(Largest()),
            () => FlowCompiler.Compile(table, options),
            () => BaselineFinder.Find(table, proxy),
            () => new SensitivityAnalysis(table, options).Of(Largest()),
        ];
        Assert.All(all, one => Assert.Equal(message, Assert.Throws<CompileException>(one).Message));
    }

    private static WorkflowConfiguration Largest() => new("c", new StructureSpace(s_graph).Largest, [s_setting, s_setting, s_setting]);

    private static ProfileTable Table(int cases, string? withoutCalls) => new(s_graph, Rows("A", "B", "S"))
    {
        Recorded = new RecordedOutcomes(s_graph, cases, s_graph.Nodes.Select((node, i) => (i, s_setting, 1.0, (IReadOnlyCollection<RecordedCall>)
            [.. Enumerable.Range(0, node.Name == withoutCalls ? 0 : cases).Select(one => new RecordedCall(one, InputState.Right, 1, 1))]))),
    };

    private static Dictionary<string, IReadOnlyList<SettingProfile>> Rows(params string[] nodes) =>
        nodes.ToDictionary(node => node, node => (IReadOnlyList<SettingProfile>)[new SettingProfile(s_setting, 0.5, 1, 1, 0)]);

    private static ProfileSummary Summary() => new()
    {
        Manifest = new ProfileManifest
        {
            Workflow = "w",
            GraphHash = s_graph.Hash,
            Cases = 0,
            CasesHash = "c",
            Seed = 1,
            Reference = "m@0",
            WeakReference = "m@0",
            Models = [],
            Concurrency = 1,
            Machine = "test",
        },
        Rows = [],
        Outcomes = [],
        Planned = 0,
        ProfileHash = "sha256:0",
    };
}
