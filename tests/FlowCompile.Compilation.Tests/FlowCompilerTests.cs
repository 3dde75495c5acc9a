using FlowCompile.Graph;
using FlowCompile.Plans;
using static FlowCompile.Compilation.Tests.Nodes;

namespace FlowCompile.Compilation.Tests;

public sealed class FlowCompilerTests
{
    private static readonly ProfileTable s_profile = PublishedCases.Frontier("math_small_s2").Profile;

    [Fact]
    public void The_same_profile_gives_the_same_plan_to_the_byte()
    {
        byte[] Plan() => PlanFile.Serialize(FlowCompiler.Compile(s_profile).Plan, s_profile.Graph);
        Assert.Equal(Plan(), Plan());
    }

    [Fact]
    public void Configurations_are_named_from_the_fastest_on()
    {
        var configurations = FlowCompiler.Compile(s_profile).Plan.Configurations;
        Assert.Equal(Enumerable.Range(1, configurations.Count).Select(i => $"c{i:D2}"), configurations.Select(one => one.Id));
        Assert.Equal(configurations.Select(one => one.Estimate!.LatencySeconds).Order(), configurations.Select(one => one.Estimate!.LatencySeconds));
    }

    [Fact]
    public void The_plan_says_what_it_is_of()
    {
        var plan = FlowCompiler.Compile(s_profile, new CompileOptions { Schedule = Schedule.Sequential }).Plan;
        Assert.Equal(("math", s_profile.Graph.Hash, "independent", "sequential"), (plan.Workflow, plan.GraphHash, plan.Proxy, plan.Schedule));
        Assert.Equal(["accuracy", "latency"], plan.Objectives);
        Assert.Equal(0, plan.AccuracyLoss);
    }

    [Fact]
    public void The_plan_keeps_the_cells_that_its_configurations_have()
    {
        var graph = new WorkflowGraph("one", [Agent("A")], "A");
        var profile = new ProfileTable(graph, new Dictionary<string, IReadOnlyList<SettingProfile>>
        {
            ["A"] =
            [
                new(new Setting("m", 8), 0.9, 2, 0, 9) { LatencyP95Seconds = 3, MeanScore = 0.8, GeneratedTokens = 21 },
                new(new Setting("m", 0), 0.5, 1, 0, 9),
                new(new Setting("z", 0), 0.4, 5, 0, 9), // dominated
            ],
        });
        Assert.Equal(
            [
                new PlanCell("A", new Setting("m", 0), 1) { Samples = 9 },
                new PlanCell("A", new Setting("m", 8), 2, 3) { Accuracy = 0.8, Tokens = 21, Samples = 9 },
            ],
            FlowCompiler.Compile(profile).Plan.Cells);
    }

    [Fact]
    public void Every_pass_says_what_it_did()
    {
        var graph = new WorkflowGraph("one", [Agent("A")], "A");
        var profile = new ProfileTable(graph, new Dictionary<string, IReadOnlyList<SettingProfile>>
        {
            ["A"] = [new(new Setting("m", 0), 0.5, 1, 0, 9), new(new Setting("m", 8), 0.4, 2, 0, 9)],
        });
        Assert.Equal(
            [
                ("prune dominated settings", "A", "dropped m@8: m@0 is as good in everything (0.5 in 1000 ms against 0.4 in 2000 ms)"),
                ("decompose", "", "1 structures, 0 of them entangled"),
                ("compose", "A", "1 configurations that no other of the structure dominates"),
                ("merge structures", "A", "kept 1 of 1"),
                ("keep frontier", "", "1 of 1 configurations stay"),
                ("name configurations", "c01", "A=m@0: 0.5 in 1000 ms"),
            ],
            FlowCompiler.Compile(profile).Steps.Select(step => (step.Pass, step.Subject, step.Text)));
    }

    [Fact]
    public void Of_two_equal_settings_one_stays()
    {
        var graph = new WorkflowGraph("one", [Agent("A")], "A");
        var profile = new ProfileTable(graph, new Dictionary<string, IReadOnlyList<SettingProfile>>
        {
            ["A"] = [new(new Setting("z", 0), 0.5, 1, 0, 9), new(new Setting("m", 0), 0.5, 1, 0, 9), new(new Setting("q", 0), 0.4, 1, 0, 9)],
        });
        Assert.Equal("A=m@0", Assert.Single(FlowCompiler.Compile(profile).Plan.Configurations).ToText(graph));
    }

    [Fact]
    public void Structures_with_a_sub_agent_that_was_not_measured_are_left_out()
    {
        var graph = new WorkflowGraph("two", [Agent("A"), Optional("B", From("A"))], "B");
        var compiled = FlowCompiler.Compile(graph.Profile(("A", 0.5, 1)));
        Assert.Equal("A=m@0", Assert.Single(compiled.Plan.Configurations).ToText(graph));
        Assert.Contains(compiled.Steps, step => step.Text == "left out: 'B' was not measured");
    }

    [Fact]
    public void A_workflow_of_which_nothing_was_measured_is_refused() => Assert.Equal(
        "Workflow 'one' has no structure whose sub-agents were all measured; not measured: A. Run 'flowcompile profile'.",
        Assert.Throws<CompileException>(() => FlowCompiler.Compile(new WorkflowGraph("one", [Agent("A")], "A").Profile())).Message);

    [Fact]
    public void Energy_as_an_objective_must_have_been_measured_where_it_may_be_spent()
    {
        var graph = new WorkflowGraph("one", [Agent("A")], "A");
        var profile = new ProfileTable(graph, new Dictionary<string, IReadOnlyList<SettingProfile>>
        {
            ["A"] =
            [
                new(new Setting("m", 0), 0.5, 1, 0, 9) { EnergyJoules = 7 }, new(new Setting("n", 0), 0.9, 2, 0, 9),
                new(new Setting("m", 8), 0.6, 3, 0, 9) { EnergyJoules = 6 },
            ],
        });
        var options = new CompileOptions { Objectives = Objectives.Accuracy | Objectives.Energy };
        Assert.Equal(
            "The energy of 'A' was not measured under n@0; measure it, limit the sub-agent to settings whose energy was measured, or leave energy out of the objectives.",
            Assert.Throws<CompileException>(() => FlowCompiler.Compile(profile, options)).Message);
        var one = Assert.Single(FlowCompiler.Compile(profile, options with { Space = new SearchSpace { Models = ["m"] } }).Plan.Configurations);
        Assert.Equal(("A=m@8", 6), (one.ToText(graph), one.Estimate!.EnergyJoules));
        Assert.Equal([7, null], FlowCompiler.Compile(profile).Plan.Configurations.Select(one => one.Estimate!.EnergyJoules));
    }

    [Theory]
    [InlineData(Objectives.None)]
    [InlineData(Objectives.Accuracy)]
    public void One_objective_is_no_frontier(Objectives objectives) =>
        Assert.Throws<CompileException>(() => FlowCompiler.Compile(s_profile, new CompileOptions { Objectives = objectives }));
}
