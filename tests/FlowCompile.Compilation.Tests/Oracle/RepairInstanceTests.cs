using FlowCompile.Graph;
using FlowCompile.Plans;
using static FlowCompile.Compilation.Tests.Oracle.NamedInstances;

namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>Small graphs in which a value is repaired in a branch, or a router's value is.</summary>
public class RepairInstanceTests
{
    /// <summary>Without B the repairer gets the workflow's input, which is right, and makes no attempt: its value is right where the router is.</summary>
    [Theory]
    [InlineData(Schedule.Sequential)]
    [InlineData(Schedule.Parallel)]
    [InlineData(Schedule.Superstep)]
    public void A_value_from_outside_the_branch_is_as_right_as_the_router(Schedule schedule)
    {
        var graph = GraphOf("D", [Agent("A"), Agent("B").With(optional: true, when: When("A", "x")), .. Fix("D", "B", 1).Select(node => node.With(when: When("A", "x")))]);
        var table = Means(graph, ("A", 0.6, 1), ("B", 0.5, 2), ("D", 0.5, 4));
        var setting = Recording.SettingOf(0);

        var estimate = new IndependentProxy(table, schedule, Returns("A", ("x", 1)))
            .Estimate(new WorkflowConfiguration("c", WorkflowStructure.Create(graph, [1, 0, 1, 1]), [setting, null, null, setting]));

        Assert.Equal(0.6, estimate.Accuracy, 1e-9);
        Assert.Equal(1, estimate.LatencySeconds, 1e-9);
    }

    /// <summary>The same by the solver: without B .6 in 1 s, with B and D .6 * (.5 + .5 * .5) and slower, so not in the plan.</summary>
    [Fact]
    public void A_plan_has_a_value_from_outside_the_branch_as_right_as_the_router()
    {
        var graph = GraphOf("D", [Agent("A"), Agent("B").With(optional: true, when: When("A", "x")), .. Fix("D", "B", 1).Select(node => node.With(when: When("A", "x")))]);

        var plan = Plan(Means(graph, ("A", 0.6, 1), ("B", 0.5, 2), ("D", 0.5, 4)), Schedule.Sequential, Returns("A", ("x", 1)));

        Assert.Equal([(0.6, 1)], plan);
    }

    /// <summary>One time in five the router is wrong, so is what it leads to, and both attempts are made in vain: 1 + .2 * 2 seconds.</summary>
    [Fact]
    public void After_a_wrong_way_all_attempts_are_made()
    {
        var graph = GraphOf("D", [Agent("A"), Tool("B", "A").With(when: When("A", "x")), .. Fix("D", "B", 2).Select(node => node.With(when: When("A", "x")))]);
        var table = Means(graph, ("A", 0.8, 1), ("D", 0.5, 1));

        var estimate = new IndependentProxy(table, Schedule.Sequential, Returns("A", ("x", 1))).Estimate(Largest(graph));

        Assert.Equal(0.8, estimate.Accuracy, 1e-9);
        Assert.Equal(1.4, estimate.LatencySeconds, 1e-9);
    }

    /// <summary>The value of a router is wrong and is repaired by one call in four, whichever branch it chose.</summary>
    [Theory]
    [InlineData("\"a\"")]
    [InlineData("\"b\"")]
    public void A_router_is_repaired_where_its_value_is_wrong(string chosen)
    {
        var graph = GraphOf("D", [Agent("R"), Agent("E").With(when: When("R", "a")), Agent("H").With(when: When("R", "b")), .. Fix("D", "R", 1)]);
        var recording = new Recording(graph, 1, [1, 1, 1, 0, 1], RecordingKind.AllRight, 1);
        recording.Set(0, "R", new CallState(true, 0, 0), new RecordedAnswer(0, chosen, 1));
        recording.Set(0, "D", new CallState(false, 0, 0), new RecordedAnswer(0.25, null, 2));

        var estimate = new PairedProxy(recording.ToTable().Recorded!, Schedule.Sequential).Estimate(Largest(graph));

        Assert.Equal(0.25, estimate.Accuracy, 1e-9);
        Assert.Equal(3, estimate.LatencySeconds, 1e-9);
    }
}
