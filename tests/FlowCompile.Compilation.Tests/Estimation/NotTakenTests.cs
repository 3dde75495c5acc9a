using FlowCompile.Graph;
using FlowCompile.Plans;
using static FlowCompile.Compilation.Tests.Nodes;

namespace FlowCompile.Compilation.Tests;

/// <summary>What a run waits for where a branch is not taken, worked out by hand from docs/estimates.md; both proxies say the same of one case.</summary>
public sealed class NotTakenTests
{
    private const double Tolerance = 1e-12;
    private static readonly Setting s_setting = new("m", 0);

    [Theory]
    [InlineData(Schedule.Parallel, 6, 7)]
    [InlineData(Schedule.Sequential, 7, 8)]
    public void A_list_waits_for_the_router_of_a_candidate_that_is_not_there(Schedule schedule, double easy, double hard)
    {
        // E is left out, so an easy case has A alone; the list still waits for the router, which takes 5 s.
        var optional = new GraphNode("E", NodeKind.SubAgent, "string", [Problem]) { IsOptional = true, Condition = new BranchCondition("R", []) };
        var graph = new WorkflowGraph(
            "w", [Agent("A"), Agent("R"), When("H", "R", "hard"), optional, Agent("Sel", FromAny(1, "A", "H", "E"))], "Sel");
        var structure = new StructureSpace(graph).Enumerate().Single(one => !one.IsActive(graph.IndexOf("E")));
        (string, double)[] seconds = [("A", 1), ("R", 5), ("H", 1), ("E", 1), ("Sel", 1)];
        Check(graph, structure, schedule, seconds, "R", [("easy", easy, 1), ("hard", hard, 1)]);
    }

    [Theory]
    [InlineData(Schedule.Parallel, 2, 12)]
    [InlineData(Schedule.Sequential, 12, 12)]
    [InlineData(Schedule.Superstep, 12, 12)]
    public void A_branch_that_is_not_taken_waits_for_its_router_only(Schedule schedule, double easy, double hard)
    {
        // X would need A, which takes 10 s; on an easy case it ends with the tool R at once, and Y's output is selected.
        var graph = new WorkflowGraph(
            "w", [Agent("A"), Tool("R", Problem), When("X", "R", "hard", From("A")), Otherwise("Y", "R"), Agent("Sel", FromAny(1, "X", "Y"))], "Sel");
        (string, double)[] seconds = [("A", 10), ("X", 1), ("Y", 1), ("Sel", 1)];
        Check(graph, new StructureSpace(graph).Largest, schedule, seconds, "R", [("easy", easy, 1), ("hard", hard, 1)]);
    }

    [Theory]
    [InlineData(Schedule.Parallel, 3, 8)]
    [InlineData(Schedule.Sequential, 8, 9)]
    public void A_run_without_output_takes_until_that_is_known(Schedule schedule, double easy, double hard)
    {
        // Out requires A, which takes 1 s, and then the list of H alone; without H the output ends when the router does.
        var graph = new WorkflowGraph("w", [Agent("A"), Agent("R"), Agent("B"), When("H", "R", "hard", From("B")), Tool("Out", From("A"), FromAny(1, "H"))], "Out");
        (string, double)[] seconds = [("A", 1), ("R", 3), ("B", 4), ("H", 1)];
        hard = schedule == Schedule.Parallel ? 5 : hard;
        Check(graph, new StructureSpace(graph).Largest, schedule, seconds, "R", [("easy", easy, 0), ("hard", hard, 1)]);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 9)]
    public void Inputs_are_waited_for_in_their_order_until_one_is_not_there(bool missingFirst, double expected)
    {
        // Both ends when the first of its inputs has none: C, the output of a list without candidates, is known to be missing after 2 s.
        GraphInput[] inputs = missingFirst ? [From("C"), From("A")] : [From("A"), From("C")];
        var graph = new WorkflowGraph(
            "w", [Agent("A"), Agent("R"), When("H", "R", "hard"), Tool("C", FromAny(1, "H")), Tool("Both", inputs), Tool("Out", FromAny(1, "Both"))], "Out");
        (string, double)[] seconds = [("A", 9), ("R", 2), ("H", 1)];
        Check(graph, new StructureSpace(graph).Largest, Schedule.Parallel, seconds, "R", [("easy", expected, 0)]);
    }

    [Fact]
    public void An_empty_list_does_not_end_the_wait_for_other_inputs()
    {
        var graph = new WorkflowGraph("w", [Agent("A"), Agent("R"), When("H", "R", "hard"), Tool("Both", FromAny(1, "H"), From("A")), Tool("Out", FromAny(1, "Both"))], "Out");
        Check(graph, new StructureSpace(graph).Largest, Schedule.Parallel, [("A", 9), ("R", 2), ("H", 1)], "R", [("easy", 9, 0)]);
    }

    [Theory]
    [InlineData("S", "A")]
    [InlineData("A", "S")]
    public void Too_few_candidates_end_all_that_waits_for_them_with_an_error(string first, string second)
    {
        // S has two candidates on an easy case and needs three; Out would have A besides, but a run ends with the error.
        var graph = new WorkflowGraph(
            "w", [Agent("A"), Agent("B"), Agent("R"), When("H", "R", "hard"), Agent("S", FromAny(3, "A", "B", "H")), Agent("Out", FromAny(1, first, second))], "Out");
        (string, double)[] seconds = [("A", 1), ("B", 2), ("R", 3), ("H", 1), ("S", 1), ("Out", 1)];
        Check(graph, new StructureSpace(graph).Largest, Schedule.Parallel, seconds, "R", [("easy", 3, 0), ("hard", 6, 1)]);
    }

    [Fact]
    public void A_branch_that_is_not_taken_does_not_meet_the_error_of_its_inputs()
    {
        // R takes the easy way, so H never looks at S, which has too few candidates.
        var graph = new WorkflowGraph(
            "w",
            [
                Agent("A"), Agent("B"), Agent("R"), When("E", "R", "easy"), When("G", "R", "hard"), Agent("S", FromAny(3, "A", "B", "G")),
                When("H", "R", "hard", From("S")), Agent("Out", FromAny(1, "E", "H")),
            ],
            "Out");
        (string, double)[] seconds = [("A", 1), ("B", 2), ("R", 3), ("E", 1), ("G", 1), ("S", 1), ("H", 1), ("Out", 1)];
        Check(graph, new StructureSpace(graph).Largest, Schedule.Parallel, seconds, "R", [("easy", 5, 1), ("hard", 7, 1)]);
    }

    [Fact]
    public void With_slots_a_run_ends_with_its_output_too()
    {
        // One slot: R and B come first, A waits for the slot until 3 s and would end at 13; X is not taken, so nobody waits for it.
        var graph = new WorkflowGraph(
            "w", [Agent("R"), Agent("B"), Agent("A"), When("X", "R", "hard", From("A")), When("Y", "R", "easy", From("B")), Tool("Out", FromAny(1, "X", "Y"))], "Out");
        (string, double)[] seconds = [("R", 1), ("B", 2), ("A", 10), ("X", 1), ("Y", 1)];

        // Y comes at 3 s and waits until A's call has left the slot.
        var (proxy, configuration) = Paired(graph, new StructureSpace(graph).Largest, Schedule.Parallel, seconds, "R", ["easy"], slots: 1);
        Assert.Equal(14, proxy.Estimate(configuration).LatencySeconds, Tolerance);
        (proxy, configuration) = Paired(graph, new StructureSpace(graph).Largest, Schedule.Parallel, seconds, "R", ["easy"], slots: 2);

        // Two slots: R and B at once, A from 1 s on beside them, Y from 2 to 3 s.
        Assert.Equal(3, proxy.Estimate(configuration).LatencySeconds, Tolerance);
    }

    // Of each value of the router the seconds that a run takes, and its accuracy: by both proxies, and the mean over the values by both.
    private static void Check(
        WorkflowGraph graph, WorkflowStructure structure, Schedule schedule, (string Node, double Seconds)[] seconds, string router, params (string Value, double Seconds, double Accuracy)[] expected)
    {
        foreach (var (value, latency, accuracy) in expected)
        {
            var (proxy, configuration) = Paired(graph, structure, schedule, seconds, router, [value]);
            AssertIs(latency, accuracy, proxy.Estimate(configuration));
            AssertIs(latency, accuracy, Independent(graph, structure, schedule, seconds, router, [value]));
        }

        string[] all = [.. expected.Select(one => one.Value)];
        var (mean, same) = Paired(graph, structure, schedule, seconds, router, all);
        AssertIs(expected.Average(one => one.Seconds), expected.Average(one => one.Accuracy), mean.Estimate(same));
        AssertIs(expected.Average(one => one.Seconds), expected.Average(one => one.Accuracy), Independent(graph, structure, schedule, seconds, router, all));

        // What the solver takes apart comes to the same.
        if (schedule != Schedule.Superstep && new StructureSpace(graph).Enumerate().Count() == 1)
        {
            var options = new CompileOptions { Proxy = ProxyKind.Independent, Schedule = schedule, Branches = Probabilities(graph, router, all) };
            var plan = FlowCompiler.Compile(Table(graph, seconds), options).Plan;
            AssertIs(expected.Average(one => one.Seconds), expected.Average(one => one.Accuracy), Assert.Single(plan.Configurations).Estimate!);
        }
    }

    private static void AssertIs(double seconds, double accuracy, Estimate estimate)
    {
        Assert.Equal(accuracy, estimate.Accuracy, Tolerance);
        Assert.Equal(seconds, estimate.LatencySeconds, Tolerance);
    }

    private static Estimate Independent(
        WorkflowGraph graph, WorkflowStructure structure, Schedule schedule, (string Node, double Seconds)[] seconds, string router, string[] values)
    {
        var profile = Table(graph, seconds);
        return new IndependentProxy(profile, schedule, Probabilities(graph, router, values)).Estimate(Configurations.Uniform(profile, structure));
    }

    private static ProfileTable Table(WorkflowGraph graph, (string Node, double Seconds)[] seconds) =>
        graph.Profile([.. seconds.Select(one => (one.Node, 1.0, one.Seconds))]);

    private static BranchProbabilities Probabilities(WorkflowGraph graph, string router, string[] values)
    {
        var named = graph.Nodes.Where(node => node.Condition?.Router == router).SelectMany(node => node.Condition!.Values).ToHashSet();
        return new BranchProbabilities(new Dictionary<string, IReadOnlyDictionary<string, double>>
        {
            [router] = values.Select(value => named.Contains($"\"{value}\"") ? $"\"{value}\"" : BranchProbabilities.Other).ToDictionary(value => value, _ => 1.0 / values.Length),
        });
    }

    // One case for each value.
    private static (PairedProxy Proxy, WorkflowConfiguration Configuration) Paired(
        WorkflowGraph graph, WorkflowStructure structure, Schedule schedule, (string Node, double Seconds)[] seconds, string router, string[] values, int slots = 99)
    {
        var recorded = new RecordedOutcomes(graph, values.Length, seconds.Select(one => (graph.IndexOf(one.Node), s_setting, 0.0, (IReadOnlyCollection<RecordedCall>)
            [.. values.Select((value, place) => new RecordedCall(place, InputState.Right, 1, one.Seconds, one.Node == router ? $"\"{value}\"" : null))])))
        {
            Slots = new CallSlots(new Dictionary<string, ModelCapacity> { ["m"] = new("cpu", slots) }),
            Routes = graph.Nodes[graph.IndexOf(router)].Kind == NodeKind.SubAgent ? new Dictionary<int, IReadOnlyList<RecordedRoute>>() : new Dictionary<int, IReadOnlyList<RecordedRoute>>
            {
                [graph.IndexOf(router)] = [.. values.Select((value, place) => new RecordedRoute(place, InputState.Right, $"\"{value}\""))],
            },
        };
        return (new PairedProxy(recorded, schedule), new WorkflowConfiguration("c", structure, [.. graph.Nodes.Select((node, i) =>
            structure.IsActive(i) && node.Kind == NodeKind.SubAgent ? s_setting : (Setting?)null)]));
    }
}
