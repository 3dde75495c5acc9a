using FlowCompile.Graph;
using FlowCompile.Plans;
using static FlowCompile.Compilation.Tests.Oracle.NamedInstances;

namespace FlowCompile.Compilation.Tests.Oracle;

/// <summary>Small graphs with branches that are not taken.</summary>
public class BranchInstanceTests
{
    /// <summary>The selector learns after 5 s that H is not there, and then takes 1 s; where H is there, 2 s: 6 or 7 s.</summary>
    [Theory]
    [InlineData(Schedule.Parallel)]
    [InlineData(Schedule.Superstep)]
    public void A_run_waits_for_the_router_of_an_empty_candidate(Schedule schedule)
    {
        var graph = GraphOf(
            "Sel",
            Agent("A"),
            Agent("R"),
            Agent("H").With(when: When("R", "hard")),
            Agent("E").With(optional: true, when: When("R")),
            Any("Sel", 1, "A", "H", "E"));
        var table = Means(graph, ("A", 1, 1), ("R", 1, 5), ("H", 1, 1), ("E", 1, 1), ("Sel", 1, 1));
        var structure = WorkflowStructure.Create(graph, [1, 1, 1, 0, 1]);
        var setting = Recording.SettingOf(0);

        var estimate = new IndependentProxy(table, schedule, Returns("R", ("hard", 0.5), ("", 0.5)))
            .Estimate(new WorkflowConfiguration("c", structure, [setting, setting, setting, null, setting]));

        Assert.Equal(6.5, estimate.LatencySeconds, 1e-9);
    }

    /// <summary>A run without output ends when the router has spoken.</summary>
    [Theory]
    [InlineData(Schedule.Sequential)]
    [InlineData(Schedule.Parallel)]
    [InlineData(Schedule.Superstep)]
    public void A_run_without_output_takes_its_time(Schedule schedule)
    {
        var graph = GraphOf("Out", Agent("R"), Agent("H").With(when: When("R", "hard")), Any("Out", 1, "H"));
        var table = Means(graph, ("R", 1, 5), ("H", 1, 1), ("Out", 1, 1));

        var estimate = new IndependentProxy(table, schedule, Returns("R", ("hard", 0), ("", 1))).Estimate(Largest(graph));

        Assert.Equal(5, estimate.LatencySeconds, 1e-9);
        Assert.Equal(0, estimate.Accuracy, 1e-9);
    }

    /// <summary>X is not taken, so nobody waits for A, which X alone would read: Y and the selector take 2 s. Between barriers A counts.</summary>
    [Theory]
    [InlineData(Schedule.Sequential, 12)]
    [InlineData(Schedule.Parallel, 2)]
    [InlineData(Schedule.Superstep, 12)]
    public void A_run_does_not_wait_for_what_a_branch_not_taken_reads(Schedule schedule, double seconds)
    {
        var graph = GraphOf(
            "Sel", Agent("A"), Tool("R"), Agent("X", "A").With(when: When("R", "hard")), Agent("Y").With(when: When("R")), Any("Sel", 1, "X", "Y"));
        var recording = new Recording(graph, 1, [1, 0, 1, 1, 1], RecordingKind.AllRight, 1);
        recording.Set(0, "R", new CallState(true, 0, 0), "\"none\"");
        foreach (var (node, takes) in new[] { ("A", 10.0), ("X", 1), ("Y", 1) })
        {
            recording.Set(0, node, new CallState(true, 0, 0), new RecordedAnswer(1, null, takes));
        }

        recording.Set(0, "Sel", new CallState(true, 1, 1), new RecordedAnswer(1, null, 1));

        var estimate = new PairedProxy(recording.ToTable().Recorded!, schedule).Estimate(Largest(graph));

        Assert.Equal(seconds, estimate.LatencySeconds, 1e-9);
        Assert.Equal(1, estimate.Accuracy, 1e-9);
    }

    /// <summary>No branch names the value and none is the default: nothing runs, and there is no output.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_value_that_no_branch_names_leads_nowhere(bool isTool)
    {
        var graph = GraphOf(
            "Out",
            isTool ? Tool("R") : Agent("R"),
            Agent("E").With(when: When("R", "easy")),
            Agent("H").With(when: When("R", "hard")),
            Any("Out", 1, "E", "H"));
        var recording = new Recording(graph, 1, [isTool ? 0 : 1, 1, 1, 1], RecordingKind.AllRight, 1);
        if (isTool)
        {
            recording.Set(0, "R", new CallState(true, 0, 0), "\"odd\"");
        }
        else
        {
            recording.Set(0, "R", new CallState(true, 0, 0), new RecordedAnswer(1, "\"odd\"", 1));
        }

        var estimate = new PairedProxy(recording.ToTable().Recorded!, Schedule.Parallel).Estimate(Largest(graph));

        Assert.Equal(0, estimate.Accuracy, 1e-9);
        Assert.Equal(isTool ? 0 : 1, estimate.LatencySeconds, 1e-9);
    }

    /// <summary>
    /// The router is right half the time and both branches always are. The paired proxy takes the branch that was taken and asks whether what ran there was right;
    /// the independent one knows no cases, and counts a branch as right only where its router is.
    /// </summary>
    [Fact]
    public void A_router_that_is_wrong_counts_by_the_branch_it_takes()
    {
        var graph = GraphOf("Out", Agent("R"), Agent("E").With(when: When("R", "easy")), Agent("H").With(when: When("R")), Any("Out", 1, "E", "H"));
        var recording = new Recording(graph, 2, [1, 1, 1, 1], RecordingKind.AllRight, 1);
        recording.Set(0, "R", new CallState(true, 0, 0), new RecordedAnswer(1, "\"easy\"", 1));
        recording.Set(1, "R", new CallState(true, 0, 0), new RecordedAnswer(0, "\"easy\"", 1));
        recording.Set(0, "Out", new CallState(true, 1, 1), new RecordedAnswer(1, null, 1));
        recording.Set(1, "Out", new CallState(true, 1, 1), new RecordedAnswer(1, null, 1));

        var paired = new PairedProxy(recording.ToTable().Recorded!, Schedule.Sequential).Estimate(Largest(graph));
        var independent = new IndependentProxy(
            Means(graph, ("R", 0.5, 1), ("E", 1, 1), ("H", 1, 1), ("Out", 1, 1)), Schedule.Sequential, Returns("R", ("easy", 0.5), ("", 0.5))).Estimate(Largest(graph));

        Assert.Equal(1, paired.Accuracy, 1e-9);
        Assert.Equal(0.5, independent.Accuracy, 1e-9);
    }

    /// <summary>
    /// The selector also requires U, which is wrong half the time. Where E is there it is called: .96 * .5. Where only A is, it is not called and hands A on, whatever U is: .8.
    /// </summary>
    [Theory]
    [InlineData(Schedule.Sequential)]
    [InlineData(Schedule.Parallel)]
    public void A_candidate_that_is_handed_on_is_as_right_as_it_was(Schedule schedule)
    {
        var graph = GraphOf(
            "Sel",
            Agent("A"),
            Agent("U"),
            Tool("R"),
            Agent("E").With(when: When("R", "easy")),
            new GraphNode("Sel", NodeKind.SubAgent, "string", [GraphInput.FromUpstream("u", "string", "U"), GraphInput.FromCandidates("list", "string", ["A", "E"], 2)]));
        var table = Means(graph, ("A", 0.8, 1), ("U", 0.5, 1), ("E", 0.8, 1), ("Sel", 1, 1));
        var branches = Returns("R", ("easy", 0.5), ("", 0.5));

        var estimate = new IndependentProxy(table, schedule, branches).Estimate(Largest(graph));
        var plan = Plan(table, schedule, branches);

        Assert.Equal(0.64, estimate.Accuracy, 1e-9);
        Assert.Equal(0.64, Assert.Single(plan).Accuracy, 1e-9);
    }

    /// <summary>
    /// The repairer takes two hints or more. Where E is not there it makes no attempt and hands A on in place of the value: .2. Where E is, it repairs:
    /// .9 + .1 * (1 - .8 * .5) * .5.
    /// </summary>
    [Fact]
    public void A_repairer_below_its_minimum_hands_its_only_candidate_on()
    {
        var graph = GraphOf(
            "D",
            Agent("T"),
            Agent("A"),
            Tool("R"),
            Agent("E").With(when: When("R", "easy")),
            Tool("Test", "T"),
            new GraphNode("D", NodeKind.SubAgent, "string", [GraphInput.FromUpstream("value", "string", "T"), GraphInput.FromCandidates("list", "string", ["A", "E"], 2)])
            {
                Repair = new RepairLoop("Test", "T", 1, 1),
            });
        var table = Means(graph, ("T", 0.9, 1), ("A", 0.2, 1), ("E", 0.5, 1), ("D", 0.5, 1));

        var estimate = new IndependentProxy(table, Schedule.Sequential, Returns("R", ("easy", 0.5), ("", 0.5))).Estimate(Largest(graph));

        Assert.Equal(0.5 * (0.2 + 0.9 + (0.1 * 0.6 * 0.5)), estimate.Accuracy, 1e-9);
    }

    /// <summary>Only A is there, and both replicas of the selector hand it on: Out has two candidates, both right, and was right on those.</summary>
    [Fact]
    public void Every_replica_hands_its_only_candidate_on()
    {
        var graph = GraphOf(
            "Out", Agent("A"), Tool("R"), Agent("E").With(when: When("R", "easy")), Any("Sel", 2, "A", "E").With(replicas: (2, 2)), Any("Out", 2, "Sel"));
        var recording = new Recording(graph, 1, [1, 0, 1, 1, 1], RecordingKind.AllRight, 1);
        recording.Set(0, "R", new CallState(true, 0, 0), "\"none\"");
        recording.Set(0, "Out", new CallState(true, 1, 2), new RecordedAnswer(0, null, 1));
        recording.Set(0, "Out", new CallState(true, 2, 2), new RecordedAnswer(1, null, 1));

        var estimate = new PairedProxy(recording.ToTable().Recorded!, Schedule.Sequential).Estimate(Largest(graph));

        Assert.Equal(1, estimate.Accuracy, 1e-9);
    }

    /// <summary>In its branch the selector has A alone, and both its replicas hand it on: with C the tool has the three candidates that it needs.</summary>
    [Fact]
    public void Replicas_in_a_branch_are_as_many_candidates()
    {
        var graph = GraphOf(
            "Vote",
            Agent("A"),
            Agent("C"),
            Tool("R"),
            Agent("E").With(when: When("R", "easy")),
            Any("Sel", 2, "A", "E").With(replicas: (2, 2), when: When("R", "hard")),
            AnyTool("Vote", 3, "Sel", "C"));
        var table = Means(graph, ("A", 0.5, 1), ("C", 0, 1), ("E", 1, 1));

        var estimate = new IndependentProxy(table, Schedule.Sequential, Returns("R", ("hard", 1))).Estimate(Largest(graph));

        Assert.Equal(0.5, estimate.Accuracy, 1e-9);
    }

    /// <summary>
    /// The selector makes a number of two texts. Where E is not there it has one, hands nothing on, and there is no output after A alone: half of the
    /// runs are right with .96 in 4 s, the others wrong in 1 s.
    /// </summary>
    [Fact]
    public void A_candidate_of_another_type_is_not_handed_on()
    {
        var graph = GraphOf(
            "Out",
            Agent("A"),
            Tool("R"),
            Agent("E").With(when: When("R", "easy")),
            new GraphNode("Sel", NodeKind.SubAgent, "int", [GraphInput.FromCandidates("list", "string", ["A", "E"], 2)]),
            new GraphNode("Out", NodeKind.SubAgent, "string", [GraphInput.FromUpstream("number", "int", "Sel")]));
        var table = Means(graph, ("A", 0.8, 1), ("E", 0.8, 1), ("Sel", 1, 1), ("Out", 1, 1));
        var branches = Returns("R", ("easy", 0.5), ("", 0.5));

        var estimate = new IndependentProxy(table, Schedule.Sequential, branches).Estimate(Largest(graph));

        Assert.Equal(0.48, estimate.Accuracy, 1e-9);
        Assert.Equal(2.5, estimate.LatencySeconds, 1e-9);
        Assert.Equal([(0.48, 2.5)], Plan(table, Schedule.Sequential, branches));
    }

    /// <summary>
    /// The router is a tool, there from the start. Where X is not taken nobody waits for A, which takes 10 s: without Y a run is right in 11 s or has no output
    /// at once, with Y it is right in 11 or 1 s.
    /// </summary>
    [Fact]
    public void A_branch_of_a_tool_that_is_not_taken_does_not_wait_for_what_it_reads()
    {
        var graph = GraphOf(
            "Out",
            Agent("A"),
            Tool("R"),
            Agent("X", "A").With(when: When("R", "hard")),
            Agent("Y").With(optional: true, when: When("R")),
            Any("Out", 2, "X", "Y"));
        var table = Means(graph, ("A", 1, 10), ("X", 1, 1), ("Y", 1, 1), ("Out", 1, 1));

        Assert.Equal([(0.5, 5.5), (1, 6)], Plan(table, Schedule.Parallel, Returns("R", ("hard", 0.5), ("", 0.5))));
    }
}
